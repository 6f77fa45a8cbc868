import { currentProject } from "../project/current-project";
import type { OwnerMessage, TabMessage } from "./protocol";

export type OwnerPort = {
  readonly post: (message: TabMessage) => void;
  /** Name of the lock that this tab holds while it lives; null where the browser has no locks. */
  readonly lock: string | null;
};

/** Reaches the stream's owner: the worker shared by all tabs, or one of this tab's own where there are none (Android). */
export function openOwnerPort(receive: (message: OwnerMessage) => void): OwnerPort {
  if (typeof SharedWorker === "undefined") return openOwnOwner(receive);
  try {
    return openWorker(receive);
  } catch {
    return openOwnOwner(receive);
  }
}

/** One worker a project: a tab that was left in another one does not hear of this one, nor this one of the other. */
function openWorker(receive: (message: OwnerMessage) => void): OwnerPort {
  const worker = new SharedWorker("/workers/stream.js", { type: "module", name: currentProject() ?? "" });
  let fallback: OwnerPort | null = null;
  let latest: TabMessage | null = null;
  worker.port.addEventListener("message", ({ data: message }: MessageEvent<OwnerMessage>) => {
    if (!fallback) receive(message);
  });
  worker.addEventListener("error", () => {
    fallback ??= openOwnOwner(receive);
    if (latest) fallback.post(latest);
  });
  worker.port.start();
  const lock = holdLock(() => latest && worker.port.postMessage({ ...latest, lock: lock.name() }));
  return {
    get lock() {
      return lock.name();
    },
    post: (message) => {
      if (message.type === "watch") latest = message;
      if (fallback) fallback.post(message);
      else worker.port.postMessage(message);
    },
  };
}

/** Loaded only where it is needed: most browsers have the shared worker. */
function openOwnOwner(receive: (message: OwnerMessage) => void): OwnerPort {
  const post = import("./own-owner").then((module) => module.openOwnOwner(receive));
  return { lock: null, post: (message) => void post.then((send) => send(message)) };
}

/** The name is told only once the lock is ours, else the worker could be given it first and take this tab for gone. */
function holdLock(onHeld: () => void): { readonly name: () => string | null } {
  const name = `watchfloor-tab-${Math.random().toString(36).slice(2)}${Date.now().toString(36)}`;
  let held = false;
  if ("locks" in navigator) {
    void navigator.locks.request(name, () => {
      held = true;
      onHeld();
      return new Promise<never>(() => {});
    });
  }
  return { name: () => (held ? name : null) };
}
