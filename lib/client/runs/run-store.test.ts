import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RunSummary } from "@/lib/core/api/run";
import { emptyRun } from "@/lib/core/run/fold";
import type { TabMessage } from "../stream/protocol";

/** The shared worker as this tab sees it: what it was told, and a way to have it say something. */
class Worker {
  static readonly told: TabMessage[] = [];
  static say: (message: object) => void = () => {};
  readonly port = Object.assign(new EventTarget(), { start: () => {}, postMessage: (message: TabMessage) => Worker.told.push(message) });
  constructor() {
    Worker.say = (message) => this.port.dispatchEvent(new MessageEvent("message", { data: message }));
  }
  addEventListener(): void {}
}

const stateAt = (lastSeq: number) => {
  const state = emptyRun();
  return { ...state, lifecycle: { ...state.lifecycle, lastSeq } };
};
const server = { run: { id: "r", lastSeq: 3, pricing: 0 } as RunSummary };

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ["setInterval"] });
  vi.stubGlobal("SharedWorker", Worker);
  vi.stubGlobal("addEventListener", () => {});
  vi.stubGlobal("navigator", {});
  vi.stubGlobal("document", { addEventListener: () => {}, visibilityState: "visible", querySelector: () => null });
  vi.stubGlobal("fetch", async (path: string) => {
    const { run } = server;
    const rows = { spans: { rows: [] }, entries: { rows: [] } };
    return Response.json(
      path.includes("/window")
        ? { run, state: stateAt(run.lastSeq), base: rows }
        : path.includes("/chunks")
          ? { base: rows, chunks: [] }
          : run,
    );
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const followed = () => Worker.told.flatMap((message) => (message.type === "watch" ? [message.runs] : []));

it("a run that is read again because its prices changed is followed anew from there: what came meanwhile is not passed over", async () => {
  const { runStore } = await import("./run-store");
  const store = runStore("r", { run: server.run, state: stateAt(3) });
  const leave = store.subscribe(() => {});
  await expect.poll(followed).toEqual([{ r: 3 }]);
  server.run = { ...server.run, lastSeq: 5, pricing: 1 };
  Worker.say({ type: "feed-started" });
  // The owner keeps the place of a run that is followed without a break, which is ahead of what was read.
  await expect.poll(() => followed().slice(1)).toEqual([{}, { r: 5 }]);
  leave();
});
