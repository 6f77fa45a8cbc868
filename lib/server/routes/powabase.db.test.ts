import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventPage } from "@/lib/core/api/event";
import { PowabaseOrchestrationRun } from "@/lib/dialects/powabase";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Shown = {
  readonly events: readonly unknown[];
  readonly truncated?: { readonly after_seq: number; readonly last_seq: number; readonly rest: string };
};
const send = (run: string, events: readonly object[]) => server.send(`/api/ingest/powabase?run=${run}`, events);
const shown = async (run: string) => (await (await server.fetch(`/api/agents/runs/${run}`)).json()) as Shown;
const calls = (from: number, to: number, content = "") =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    event: "tool_call",
    tool_name: "look",
    call_id: `c${from + i}`,
    arguments: { content },
  }));

/** Every event of the run by what the answer lists and what it says is left. */
async function told(run: string): Promise<number> {
  const { events, truncated } = await shown(run);
  if (!truncated) return events.length;
  const rest = (await (await server.fetch(`${truncated.rest}&limit=1000`)).json()) as EventPage;
  expect(rest.events[0]?.seq).toBe(truncated.after_seq + 1);
  expect(rest.lastSeq).toBe(truncated.last_seq);
  expect(events).toHaveLength(truncated.after_seq);
  return events.length + rest.events.length;
}

describe("the answer of one run in Powabase's words", () => {
  it("that lists all events is theirs alone, and one of too many events says from where on they are missing, and where they are", async () => {
    for (let from = 1; from <= 5_000; from += 1_000) expect((await send("many", calls(from, from + 999))).status).toBeLessThan(300);
    expect(Object.keys(await shown("many"))).not.toContain("truncated");
    expect(await told("many")).toBe(5_000);
    await send("many", calls(5_001, 5_003));
    expect((await shown("many")).truncated).toMatchObject({ after_seq: 5_000, last_seq: 5_003 });
    expect(await told("many")).toBe(5_003);
  });

  it("of too much text says so, too", async () => {
    const page = "a page of text ".repeat(100_000);
    for (let at = 1; at <= 16; at += 1) expect((await send("long", calls(at, at, page))).status).toBeLessThan(300);
    expect((await shown("long")).truncated).toMatchObject({ last_seq: 16 });
    expect(await told("long")).toBe(16);
  });
});

it("has all the pieces of a text that came in several chunks as its content", async () => {
  const pieces = ["The", " ca", "t of ", "x".repeat(3_000), " sat."];
  const frames = [
    { event: "start", run_id: "pieces", session_id: "s-1" },
    { event: "chunk", content: "Let me look." },
    { event: "tool_call", tool_name: "look", arguments: {} },
    { event: "tool_result", tool_name: "look", result: "a cat" },
    ...pieces.map((content) => ({ event: "chunk", content })),
    { event: "complete", run_id: "pieces" },
  ];
  expect((await send("pieces", frames)).status).toBeLessThan(300);
  expect(await shown("pieces")).toMatchObject({ content: pieces.join(""), output_messages: [{ content: pieces.join("") }] });
  const { state } = (await (await server.fetch("/api/runs/pieces/state")).json()) as {
    state: { transcript: { entries: { kind: string; text: string }[] } };
  };
  expect(state.transcript.entries.filter(({ kind }) => kind === "assistant").map(({ text }) => text)).toEqual([
    "Let me look.",
    pieces.join(""),
  ]);
});

describe("the answer of an orchestration in Powabase's words", () => {
  const at = (s: number) => ({ ts: new Date(Date.parse("2026-03-04T10:00:00Z") + s * 1_000).toISOString() });
  // biome-ignore lint/suspicious/noExplicitAny: read where it is expected
  const read = async (run: string): Promise<any> => (await server.fetch(`/api/orchestrations/runs/${run}`)).json();
  const usage = { prompt_tokens: 900, completion_tokens: 120, total_tokens: 1_020 };
  const delegate = { agent: "researcher", child_execution_id: "exec_1" };

  it("has the children that the log tells of, with the frames between their start and end that are nobody else's", async () => {
    const frames = [
      { event: "start", run_id: "orch", session_id: "s", message: "Report", ...at(0) },
      { event: "orchestration_started", strategy: "supervisor", name: "Market report", agent_count: 2, ...at(1) },
      { event: "tool_call", tool_name: "search", arguments: { q: 1 }, call_id: "mine", ...at(2) },
      { event: "delegation_started", task: "Find sources", ...delegate, ...at(3) },
      { event: "step_started", step: 1, ...at(4) },
      { event: "tool_call", tool_name: "fetch", arguments: { url: "u" }, call_id: "its", step: 1, ...at(4) },
      { event: "tool_result", tool_name: "search", call_id: "mine", result: "ours", ...at(5) },
      { event: "tool_result", tool_name: "fetch", call_id: "its", result: "page", duration_ms: 5, ...at(5) },
      { event: "entity_chunk", content: "Three ", ...at(6) },
      { event: "entity_chunk", content: "sources.", ...at(6) },
      { event: "delegation_completed", ...delegate, status: "completed", steps: 4, usage: { ...usage, model: "gpt-5" }, ...at(7) },
      { event: "delegation_started", agent: "writer", task: "Write", child_run_id: "exec_2", ...at(8) },
      { event: "delegation_started", agent: "critic", task: "Judge", ...at(8) },
      { event: "tool_call", tool_name: "whose", arguments: {}, call_id: "w", ...at(9) },
      { event: "delegation_completed", agent: "critic", status: "failed", steps: 1, usage: null, ...at(10) },
    ];
    await send("orch", frames);
    const running = await read("orch");
    expect(running).toMatchObject({ status: "running", completed_at: null, content: null, model: null });
    const [researcher, writer, critic] = running.child_runs;
    expect(researcher).toEqual({
      ...{ run_id: "exec_1", status: "completed", steps: 4, content: "Three sources." },
      events: [expect.objectContaining({ event: "step_started" }), expect.anything(), expect.objectContaining({ result: "page" })],
      tool_calls: [{ step: 1, tool_name: "fetch", arguments: { url: "u" }, result: "page", duration_ms: 5 }],
      ...{ usage, model: "gpt-5" },
    });
    const silent = { steps: null, content: null, events: [], tool_calls: [], usage: null, model: null };
    expect(writer).toEqual({ ...silent, run_id: "exec_2", status: "running" });
    expect(critic).toEqual({ ...silent, run_id: null, status: "failed", steps: 1 });

    const total = { prompt_tokens: 2_000, completion_tokens: 400, total_tokens: 2_400 };
    await send("orch", [{ event: "complete", run_id: "orch", content: "Done.", status: "completed", usage: total, ...at(20) }]);
    const done = await read("orch");
    expect(done).toEqual({
      ...{ run_id: "orch", orchestration_id: null, status: "completed", content: "Done." },
      events: (await (await server.fetch("/api/agents/runs/orch")).json()).events,
      usage: { ...total, cached_tokens: 0 },
      ...{ model: null, error: null, started_at: at(0).ts, completed_at: at(20).ts },
      child_runs: [researcher, { ...writer, status: null }, critic],
    });
    expect(PowabaseOrchestrationRun.strict().parse(done)).toEqual(done);
  });

  it("makes no text of pieces of which some are no longer kept, or of which nobody says whose they are", async () => {
    const pieces = ["One ", "two."].map((content) => ({ event: "entity_chunk", content, ...at(1) }));
    const end = { event: "delegation_completed", ...delegate, status: "completed", ...at(2) };
    await send("gone", [{ event: "delegation_started", ...delegate, ...at(0) }, ...pieces, end]);
    expect((await read("gone")).child_runs[0].content).toBe("One two.");
    await server.services.pool`delete from events_ephemeral where seq = 2 and run_id = (select id from runs where external_id = 'gone')`;
    expect((await read("gone")).child_runs[0].content).toBeNull();
    const both = [
      { event: "delegation_started", ...delegate },
      { event: "delegation_started", agent: "writer", child_execution_id: "exec_2" },
    ];
    await send("both", [...both, { ...pieces[0], agent: "researcher" }, pieces[1] as object, end]);
    expect((await read("both")).child_runs[0].content).toBeNull();
  });

  it("says where it was cut, and is not there for a run that nobody knows", async () => {
    expect((await read("many")).truncated).toMatchObject({ after_seq: 5_000, last_seq: 5_003 });
    expect((await server.fetch("/api/orchestrations/runs/none")).status).toBe(404);
    const sending = await server.key("ingest");
    const refused = await fetch(`${server.url}/api/orchestrations/runs/orch`, { headers: { "x-api-key": sending } });
    expect(refused.status).toBe(403);
  });
});
