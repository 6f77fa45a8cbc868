import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import type { Call } from "../http/call";
import type { Sink } from "../live/sink";
import { findRun } from "../runs/find-run";
import { feedRoute } from "./feed";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

/** A connection that goes away when it is first told something with these words; `cut` is known when somebody breaks it. */
function leavingAt(words: string): { sink: Sink; cut: Promise<void> } {
  const listeners: (() => void)[] = [];
  const state = { closed: false, cut: () => {} };
  const cut = new Promise<void>((resolve) => {
    state.cut = resolve;
  });
  const sink: Sink = {
    write: (chunk) => {
      if (state.closed || !Buffer.from(chunk).toString("utf8").includes(words)) return;
      state.closed = true;
      for (const listener of listeners) listener();
    },
    unsent: 0,
    drained: async () => {},
    end: () => {},
    cut: () => state.cut(),
    get closed() {
      return state.closed;
    },
    onClose: (listener) => void listeners.push(listener),
  };
  return { sink, cut };
}

it("who goes away while the runs of a stream are looked up is taken away, also where one of them cannot be read", async () => {
  for (const run of ["sound", "broken"]) await server.send("/events", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 });
  const ids = await Promise.all(["sound", "broken"].map(async (run) => (await findRun(defaultProjectId, run)).id));
  await server.services.pool`update runs set state = '"broken"' where external_id = 'broken'`;
  const query = new URLSearchParams({ runs: ids.map((id) => `${id}:0`).join(","), alerts: "" });
  const call = { query, principal: { projectId: defaultProjectId }, header: () => undefined, requestId: "r" } as unknown as Call;
  const reply = await feedRoute.run(call);
  if (reply.kind !== "stream") throw new Error("no stream");
  const { sink, cut } = leavingAt("event: hello");
  reply.start(sink);
  await cut;
  expect(server.services.hub.readers).toBe(0);
});
