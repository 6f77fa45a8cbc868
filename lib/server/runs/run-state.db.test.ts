import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromApiEvent } from "@/lib/core/api/convert";
import type { EventPage } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import { emptyRun, fold } from "@/lib/core/run/fold";
import type { RunState } from "@/lib/core/run/state";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.stop();
});

type Snapshot = { readonly run: RunSummary; readonly state: RunState };

const stateOf = async (query: string): Promise<Snapshot> => (await server.fetch(`/api/runs/wf-past/state${query}`)).json() as never;

function event(seq: number) {
  const base = { workflow_id: "wf-past", seq, agent_id: "worker", timestamp: new Date(1_760_000_000_000 + seq * 100).toISOString() };
  if (seq === 1) return { ...base, type: "WORKFLOW_STARTED", payload: { query: "count" } };
  if (seq === 30) return { ...base, type: "WORKFLOW_COMPLETED", payload: { result: "done" } };
  if (seq % 3 === 0) return { ...base, type: "TOOL_INVOKED", payload: { tool_name: "count", call_id: `c${seq}` } };
  if (seq % 3 === 1) return { ...base, type: "TOOL_OBSERVATION", payload: { tool_name: "count", call_id: `c${seq - 1}`, result: seq } };
  return { ...base, type: "AGENT_THINKING", message: `thought ${seq}` };
}

describe("a run's state as of one of its events", () => {
  beforeAll(async () => {
    await server.send(
      "/api/ingest/shannon",
      Array.from({ length: 30 }, (_, index) => event(index + 1)),
    );
  });

  it("is the fold of the events up to there, and the summary beside it knows no more", async () => {
    const { events } = (await (await server.fetch("/api/runs/wf-past/events?limit=1000")).json()) as EventPage;
    for (const at of [1, 2, 15, 29]) {
      const { run, state } = await stateOf(`?at=${at}`);
      expect(state).toEqual(fold(emptyRun(), events.slice(0, at).map(fromApiEvent)));
      expect(run).toMatchObject({ lastSeq: at, status: "running", endedAt: null });
    }
  });

  it("is now beyond the last event and without a position, and a position that is no number is refused", async () => {
    const now = await stateOf("");
    expect(now.run).toMatchObject({ lastSeq: 30, status: "succeeded" });
    expect(await stateOf("?at=31")).toEqual(now);
    for (const at of ["0", "-1", "1.5", "last"]) {
      const reply = await server.fetch(`/api/runs/wf-past/state?at=${at}`);
      expect(reply.status).toBe(400);
      expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path: "?at=" } });
    }
  });
});
