import { realClock } from "./clock";
import { fetchFor } from "./fetch-for";
import { StreamOwner } from "./owner";
import type { TabMessage } from "./protocol";
import type { Tab } from "./tab-table";

/** What this file uses of a SharedWorker's global scope; the compiler's own worker types clash with those of pages. */
type WorkerScope = {
  readonly navigator: Navigator;
  /** The project, given by the page that opened it. */
  readonly name: string;
  addEventListener(type: "connect", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "online", listener: () => void): void;
};

/** The SharedWorker that all tabs of the project talk to. Built into public/workers/stream.js. */
const scope = globalThis as unknown as WorkerScope;
const owner = new StreamOwner({ origin: "", fetch: fetchFor(scope.name), clock: realClock, random: Math.random });

scope.addEventListener("connect", (event) => {
  const port = event.ports[0];
  if (!port) return;
  const tab: Tab = { send: (message) => port.postMessage(message) };
  let lock: string | null = null;
  port.addEventListener("message", ({ data: message }: MessageEvent<TabMessage>) => {
    switch (message.type) {
      case "watch":
        owner.watch(tab, message);
        if (message.lock !== null && message.lock !== lock) {
          lock = message.lock;
          void leaveWhenReleased(lock, tab);
        }
        return;
      case "retry":
        owner.retry();
        return;
      case "leave":
        owner.leave(tab);
    }
  });
  port.start();
});

scope.addEventListener("online", () => owner.retry());

/** A tab holds its lock as long as it lives, so having it means that the tab is gone, however it went. */
async function leaveWhenReleased(lock: string, tab: Tab): Promise<void> {
  await scope.navigator.locks?.request(lock, () => owner.leave(tab));
}
