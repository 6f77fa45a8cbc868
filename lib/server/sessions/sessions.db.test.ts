import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunList } from "@/lib/core/api/run";
import type { SessionList, SessionReport } from "@/lib/core/api/session";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
const nowMs = Date.now();
const iso = (ms: number) => new Date(nowMs + ms).toISOString();

/** A Shannon run of a session that took a second and cost ten cents. */
async function shannonRun(
  run: string,
  session: string,
  startMs: number,
  end: "WORKFLOW_COMPLETED" | "WORKFLOW_FAILED" | null,
): Promise<void> {
  const event = (type: string, ms: number, payload: object) => ({ workflow_id: run, type, timestamp: iso(ms), agent_id: "coder", payload });
  const reply = await server.send("/api/ingest/shannon", [
    event("WORKFLOW_STARTED", startMs, { query: `ask ${run}`, session_id: session }),
    event("LLM_OUTPUT", startMs + 500, { model: "gpt-5", input_tokens: 90, output_tokens: 10, cost_usd: 0.1 }),
    ...(end ? [event(end, startMs + 1_000, {})] : []),
  ]);
  expect(reply.status).toBeLessThan(300);
}

beforeAll(async () => {
  server = await startTestServer();
  // The later turn is told first: order is by when a run began, not by when it was heard of.
  await shannonRun("turn-2", "chat", -10_000, "WORKFLOW_FAILED");
  await shannonRun("turn-1", "chat", -60_000, "WORKFLOW_COMPLETED");
  await server.send("/api/ingest", {
    event_type: "run_start",
    sdk_run_id: "os-1",
    occurred_at: iso(-5_000),
    payload: { session_id: "os session/1 %" },
  });
  await server.send(
    "/api/ingest/crewship?run=cs-1",
    `event: run.started\ndata: ${JSON.stringify({ run_id: "cs-1", thread_id: "thread-1", started_at: iso(-4_000) })}\n\n`,
    { "content-type": "text/event-stream" },
  );
  await server.send("/api/ingest/resonant", {
    id: "e1",
    type: "session.started",
    data: { session_id: "sess-1", agent_id: "a", goal: "look" },
  });
  await shannonRun("turn-3", "chat", -1_000, null);
  await shannonRun("alone", "", 0, null);
});
afterAll(() => server.stop());

const list = async (query = "") => (await (await server.fetch(`/api/sessions${query}`)).json()) as SessionList;
const one = async (id: string) => (await (await server.fetch(`/api/sessions/${encodeURIComponent(id)}`)).json()) as SessionReport;

describe("sessions", () => {
  it("group the runs of whatever system by what its sender calls a session, that with the newest run first", async () => {
    expect((await list()).sessions.map(({ id, runs, latest }) => [id, runs, latest.name])).toEqual([
      ["chat", 3, "ask turn-3"],
      ["sess-1", 1, "look"],
      ["thread-1", 1, expect.any(String)],
      ["os session/1 %", 1, expect.any(String)],
    ]);
  });

  it("come in pages that hold each of them once", async () => {
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: SessionList = await list(`?limit=1${cursor && `&cursor=${cursor}`}`);
      expect(page.sessions.length).toBeLessThanOrEqual(1);
      seen.push(...page.sessions.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["chat", "sess-1", "thread-1", "os session/1 %"]);
  });

  it("add up what their runs took, used and cost, and give the runs in the order in which they began", async () => {
    const { session, cost, runs } = await one("chat");
    expect(session).toMatchObject({ runs: 3, running: 1, waiting: 0, failed: 1, runMs: 2_000, tokens: 300, costNanos: 300_000_000 });
    expect(session.startedAt).toBe(iso(-60_000));
    expect(cost).toEqual({ reportedNanos: 300_000_000, estimatedNanos: 0, unpricedCalls: 0 });
    expect(runs.map(({ externalId }) => externalId)).toEqual(["turn-1", "turn-2", "turn-3"]);
  });

  it("count a run that was silent for too long as stalled, as the list of runs does, and say when the next one is", async () => {
    await shannonRun("quiet-1", "quiet", -2_000, null);
    await shannonRun("quiet-2", "quiet", -1_000, null);
    await shannonRun("quiet-3", "quiet", -1_000, "WORKFLOW_COMPLETED");
    expect((await one("quiet")).session).toMatchObject({ runs: 3, running: 2, stalled: 0, waiting: 0, failed: 0 });
    const laterMs = Date.now() + 3_600_000;
    await server.services.pool`update runs set stalls_at_ms = ${nowMs - 1} where external_id in ('quiet-1', 'quiet-3')`;
    await server.services.pool`update runs set stalls_at_ms = ${laterMs} where external_id = 'quiet-2'`;
    const { session } = await one("quiet");
    expect(session).toMatchObject({ runs: 3, running: 1, stalled: 1, stallsAt: new Date(laterMs).toISOString() });
    expect((await list()).sessions.find(({ id }) => id === "quiet")).toEqual(session);
    const stalled = (await (await server.fetch("/api/runs?session=quiet&status=stalled")).json()) as RunList;
    expect(stalled.runs.map(({ externalId }) => externalId)).toEqual(["quiet-1"]);
    await server.services.pool`delete from runs where session_id = 'quiet'`;
  });

  it("tell of calls that nobody has a price for, on whatever day they fell: what is known is not all that was spent", async () => {
    const call = (run: string, ms: number, payload: object) => ({
      ...{ workflow_id: run, type: "LLM_OUTPUT", timestamp: iso(ms), agent_id: "coder" },
      payload: { session_id: "mixed", input_tokens: 90, output_tokens: 10, ...payload },
    });
    const start = { workflow_id: "mixed-1", type: "WORKFLOW_STARTED", timestamp: iso(-20 * 3_600_000), payload: { session_id: "mixed" } };
    const unknown = { model: "a-model-of-nobodys" };
    await server.send("/api/ingest/shannon", [start, call("mixed-1", -20 * 3_600_000, unknown), call("mixed-1", -1_000, unknown)]);
    expect((await one("mixed")).session).toMatchObject({ costNanos: 0, unpricedCalls: 2 });
    await server.send("/api/ingest/shannon", [call("mixed-1", 0, { model: "gpt-5", cost_usd: 0.1 })]);
    const { session } = await one("mixed");
    expect(session).toMatchObject({ costNanos: 100_000_000, unpricedCalls: 2 });
    expect((await list()).sessions[0]).toEqual(session);
    expect((await one("chat")).session.unpricedCalls).toBe(0);
    await server.services.pool`delete from runs where session_id = 'mixed'`;
  });

  it("tell of them also where the sender's clock says 1970 or the year 9999: they are booked on the day of their arrival", async () => {
    for (const [session, timestamp] of [
      ["past", "1970-01-02T00:00:00Z"],
      ["future", "9999-12-30T00:00:00Z"],
    ]) {
      const base = { workflow_id: `clock-${session}`, timestamp, agent_id: "coder" };
      await server.send("/api/ingest/shannon", [
        { ...base, type: "WORKFLOW_STARTED", payload: { session_id: session } },
        { ...base, type: "LLM_OUTPUT", payload: { model: "a-model-of-nobodys", input_tokens: 90, output_tokens: 10 } },
      ]);
      expect((await one(session as string)).session.unpricedCalls).toBe(1);
    }
    expect((await list()).sessions.slice(0, 2).map(({ unpricedCalls }) => unpricedCalls)).toEqual([1, 1]);
    await server.services.pool`delete from runs where external_id like 'clock-%'`;
  });

  it("are found by whatever the sender calls them, and one that nobody named is refused in words", async () => {
    expect((await one("os session/1 %")).runs.map(({ externalId }) => externalId)).toEqual(["os-1"]);
    for (const id of ["none", "%00", "a%2Fb"]) expect((await server.fetch(`/api/sessions/${id}`)).status).toBe(404);
    expect((await server.fetch("/api/sessions?cursor=x")).status).toBe(400);
  });
});
