import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ShannonSession, ShannonSessionListItem, ShannonSessionTask, ShannonTurn } from "@/lib/dialects/shannon";
import { signIn } from "@/test/browser";
import { startTestServer, type TestServer } from "@/test/server";
import { newSignInLink } from "../session/sign-in";

let server: TestServer;
const firstMs = Date.parse("2026-03-04T10:00:00Z");
const iso = (ms: number) => new Date(firstMs + ms).toISOString();
const event = (run: string, type: string, ms: number, payload: object = {}) => ({
  ...{ workflow_id: run, type, timestamp: iso(ms), agent_id: "coder" },
  ...(Object.keys(payload).length > 0 ? { payload } : {}),
});

async function send(events: readonly object[]): Promise<void> {
  expect((await server.send("/api/ingest/shannon", events)).status).toBeLessThan(300);
}

/** A task that asks, thinks, calls a model for ten cents and answers, all within a second. */
function task(run: string, session: string, ms: number): object[] {
  return [
    event(run, "WORKFLOW_STARTED", ms, { query: `ask ${run}`, session_id: session, mode: "standard" }),
    event(run, "LLM_PARTIAL", ms + 100, { delta: "an" }),
    event(run, "TOOL_INVOKED", ms + 200, { tool: "search", params: { q: 1 } }),
    event(run, "LLM_OUTPUT", ms + 500, { model: "gpt-5", input_tokens: 90, output_tokens: 10, cost_usd: 0.1 }),
    event(run, "WORKFLOW_COMPLETED", ms + 1_000, { result: `answer ${run}` }),
  ];
}

beforeAll(async () => {
  server = await startTestServer();
  // The later turn is told first: turns are in the order in which they began.
  await send([...task("turn-2", "chat", 60_000).slice(0, -1), event("turn-2", "WORKFLOW_FAILED", 61_000, { error_message: "boom" })]);
  await send(task("turn-1", "chat", 0));
  await send(task("other-1", "other", 10_000));
  await server.send("/api/ingest", { event_type: "run_start", sdk_run_id: "os-1", payload: { session_id: "chat" } });
  await server.send("/api/ingest", { event_type: "run_start", sdk_run_id: "os-2", payload: { session_id: "elsewhere" } });
});
afterAll(() => server.stop());

// biome-ignore lint/suspicious/noExplicitAny: replies of several routes, read where they are expected
const read = async (path: string): Promise<any> => (await server.fetch(path)).json();

const other = {
  session_id: "other",
  user_id: null,
  task_count: 1,
  tokens_used: 100,
  created_at: iso(10_000),
  updated_at: iso(11_000),
  last_activity_at: iso(11_000),
  is_active: false,
  successful_tasks: 1,
  failed_tasks: 0,
  success_rate: 1,
  total_cost_usd: 0.1,
  average_cost_per_task: 0.1,
  latest_task_query: "ask other-1",
  latest_task_status: "COMPLETED",
};
const chat = {
  ...other,
  session_id: "chat",
  task_count: 2,
  tokens_used: 200,
  created_at: iso(0),
  updated_at: iso(61_000),
  last_activity_at: iso(61_000),
  failed_tasks: 1,
  success_rate: 0.5,
  total_cost_usd: 0.2,
  latest_task_query: "ask turn-1",
};

describe("Shannon's sessions", () => {
  it("are listed with what their tasks took together, that with the newest task first, and with how many there are", async () => {
    expect(await read("/api/v1/sessions")).toEqual({ sessions: [other, chat], total_count: 2 });
    expect(await read("/api/v1/sessions?limit=1&offset=1")).toEqual({ sessions: [chat], total_count: 2 });
    expect(await read("/api/v1/sessions?offset=2")).toEqual({ sessions: [], total_count: 2 });
    for (const query of ["limit=0", "limit=x", "offset=-1"]) expect((await server.fetch(`/api/v1/sessions?${query}`)).status).toBe(400);
  });

  it("are told one by one, of Shannon's tasks alone", async () => {
    expect(await read("/api/v1/sessions/chat")).toEqual({
      session_id: "chat",
      user_id: null,
      task_count: 2,
      tokens_used: 200,
      cost_usd: 0.2,
      created_at: iso(0),
      updated_at: iso(61_000),
    });
    for (const id of ["none", "elsewhere", "%00"]) expect((await server.fetch(`/api/v1/sessions/${id}`)).status).toBe(404);
  });

  it("count as active for a day after they were last heard of", async () => {
    await send([{ ...event("now-1", "WORKFLOW_STARTED", 0, { session_id: "now", query: "q" }), timestamp: new Date().toISOString() }]);
    const { sessions } = await read("/api/v1/sessions?limit=1");
    expect(sessions).toMatchObject([{ session_id: "now", is_active: true, latest_task_status: "RUNNING", success_rate: 0 }]);
    await server.services.pool`delete from runs where session_id = 'now'`;
  });
});

describe("a session's history", () => {
  const tasks = ["turn-1", "turn-2"].map((run, at) => ({
    ...{ task_id: run, workflow_id: run, query: `ask ${run}`, mode: "standard" },
    ...(at === 0 ? { status: "COMPLETED", result: "answer turn-1" } : { status: "FAILED", error_message: "boom" }),
    ...{ total_tokens: 100, total_cost_usd: 0.1, duration_ms: 1_000, agents_used: 1, tools_invoked: 1 },
    ...{ started_at: iso(at * 60_000), completed_at: iso(at * 60_000 + 1_000) },
    metadata: {
      model_breakdown: [{ model: "gpt-5", provider: "", executions: 1, tokens: 100, cost_usd: 0.1, percentage: 100 }],
      ...{ num_agents: 1, tool_calls: 1, duration_ms: 1_000 },
    },
  }));

  it("has its tasks in the order in which they began", async () => {
    expect(await read("/api/v1/sessions/chat/history")).toEqual({ session_id: "chat", tasks, total: 2 });
    expect(await read("/api/v1/sessions/chat/history?limit=1&offset=1")).toEqual({ session_id: "chat", tasks: [tasks[1]], total: 2 });
    expect((await server.fetch("/api/v1/sessions/none/history")).status).toBe(404);
  });
});

it("a task and a session's history name the provider that the calls of their model name", async () => {
  const usage = { model: "gpt-5", input_tokens: 90, output_tokens: 10 };
  const named = { ...usage, provider: "openai" };
  await send([
    event("named", "WORKFLOW_STARTED", 0, { session_id: "served", query: "q" }),
    event("named", "LLM_OUTPUT", 10, named),
    event("several", "LLM_OUTPUT", 10, named),
    event("several", "LLM_OUTPUT", 20, { ...usage, provider: "azure" }),
  ]);
  expect(await read("/api/v1/tasks/named")).toMatchObject({ model_used: "gpt-5", provider: "openai" });
  expect(await read("/api/v1/tasks/several")).toMatchObject({ model_used: "gpt-5", provider: "" });
  const { tasks } = await read("/api/v1/sessions/served/history");
  expect(tasks[0].metadata.model_breakdown).toMatchObject([{ model: "gpt-5", provider: "openai", tokens: 100 }]);
  await server.services.pool`delete from runs where external_id in ('named', 'several')`;
});

describe("a session's events", () => {
  type Turn = { readonly events: readonly { readonly stream_id: string }[] };
  const shown = (run: string, seq: number, type: string, ms: number, more: object = {}) => ({
    ...{ workflow_id: run, type, agent_id: "coder", timestamp: iso(ms), seq, stream_id: expect.stringMatching(`^\\d+-${seq}$`) },
    ...more,
  });
  const turn = (at: number, final_output: string, last: object) => ({
    ...{ turn: at, task_id: `turn-${at}`, user_query: `ask turn-${at}`, final_output, timestamp: iso((at - 1) * 60_000) },
    events: [
      shown(`turn-${at}`, 1, "WORKFLOW_STARTED", (at - 1) * 60_000),
      shown(`turn-${at}`, 3, "TOOL_INVOKED", (at - 1) * 60_000 + 200),
      shown(`turn-${at}`, 4, "LLM_OUTPUT", (at - 1) * 60_000 + 500),
      last,
    ],
    metadata: { tokens_used: 100, execution_time_ms: 1_000, agents_involved: ["coder"] },
  });
  const turns = [
    turn(1, "answer turn-1", shown("turn-1", 5, "WORKFLOW_COMPLETED", 1_000)),
    turn(2, "", shown("turn-2", 5, "WORKFLOW_FAILED", 61_000)),
  ];

  it("are told turn by turn, without the pieces of a model's output", async () => {
    expect(await read("/api/v1/sessions/chat/events")).toEqual({ session_id: "chat", count: 2, turns });
    expect(await read("/api/v1/sessions/chat/events?limit=1&offset=1")).toEqual({ session_id: "chat", count: 2, turns: [turns[1]] });
    expect(await read("/api/v1/sessions/chat/events?offset=2")).toEqual({ session_id: "chat", count: 2, turns: [] });
    expect((await server.fetch("/api/v1/sessions/none/events")).status).toBe(404);
    expect((await server.fetch("/api/v1/sessions/chat/events?limit=0")).status).toBe(400);
  });

  it("have their payloads as JSON text where they are asked for, digit by digit", async () => {
    const start = `{"workflow_id":"digits","type":"WORKFLOW_STARTED","payload":{"query":"q","session_id":"digits","n":9007199254740993}}`;
    expect((await server.send("/api/ingest/shannon", start)).status).toBeLessThan(300);
    const payload = async (query: string) =>
      (await read(`/api/v1/sessions/digits/events?include_payload=${query}`)).turns[0].events[0].payload;
    expect(await payload("true")).toBe('{"query":"q","session_id":"digits","n":9007199254740993}');
    expect(await payload("false")).toBeUndefined();
    await server.services.pool`delete from runs where session_id = 'digits'`;
  });

  it("are refused above 5,000 of them, and pieces of output do not count", async () => {
    const many = (run: string, type: string) =>
      Array.from({ length: 1_000 }, (_, n) => ({ workflow_id: run, type, timestamp: iso(n), message: `${n}` }));
    for (const run of ["long-1", "long-2"]) await send([event(run, "WORKFLOW_STARTED", 0, { session_id: "long", query: "q" })]);
    for (let batch = 0; batch < 6; batch += 1) await send(many("long-1", "LLM_PARTIAL"));
    for (let batch = 0; batch < 4; batch += 1) await send(many("long-1", "PROGRESS"));
    await send(many("long-2", "AGENT_THINKING").slice(0, 998));
    const count = async () => (await read("/api/v1/sessions/long/events")).turns.map(({ events }: Turn) => events.length);
    expect(await count()).toEqual([4_001, 999]);
    await send(many("long-2", "PROGRESS").slice(0, 1));
    const refused = await server.fetch("/api/v1/sessions/long/events");
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ error: { code: "too_large", path: "?limit=" } });
    expect((await read("/api/v1/sessions/long/events?limit=1")).turns[0].events).toHaveLength(4_001);
    await server.services.pool`delete from runs where session_id = 'long'`;
  }, 60_000);

  it("of a task that goes on say how long it has been going on", async () => {
    const started = { workflow_id: "open", type: "WORKFLOW_STARTED", payload: { session_id: "open", query: "q" } };
    await send([{ ...started, timestamp: new Date(Date.now() - 60_000).toISOString() }]);
    const { metadata } = (await read("/api/v1/sessions/open/events")).turns[0];
    expect(metadata.execution_time_ms).toBeGreaterThanOrEqual(60_000);
    await server.services.pool`delete from runs where session_id = 'open'`;
  });
});

it("the published schemas name every field that sessions are answered with", async () => {
  const [{ sessions }, session, { tasks }, { turns }] = [
    await read("/api/v1/sessions"),
    await read("/api/v1/sessions/chat"),
    await read("/api/v1/sessions/chat/history"),
    await read("/api/v1/sessions/chat/events?include_payload=true"),
  ];
  expect(sessions.map((item: unknown) => ShannonSessionListItem.strict().parse(item))).toEqual(sessions);
  expect(ShannonSession.strict().parse(session)).toEqual(session);
  expect(turns.map((item: unknown) => ShannonTurn.strict().parse(item))).toEqual(turns);
  expect(tasks.map((item: unknown) => ShannonSessionTask.strict().parse(item))).toEqual(tasks);
});

describe("Shannon's sessions of another project", () => {
  it("are not there for a key of this one, and a key that may only send reads none", async () => {
    const browser = await signIn(server.url, await newSignInLink());
    const { id } = (await (await browser.ask("POST", "/api/projects", { name: "Apart" })).json()) as { id: string };
    await browser.ask("POST", `/api/projects/${id}/open`, {});
    const { key } = (await (await browser.ask("POST", "/api/keys", { name: "k", scopes: ["read"] })).json()) as { key: string };
    const ask = (path: string, withKey: string) => fetch(server.url + path, { headers: { "x-api-key": withKey } });
    expect(await (await ask("/api/v1/sessions", key)).json()).toEqual({ sessions: [], total_count: 0 });
    const sending = await server.key("ingest");
    for (const path of ["", "/history", "/events"]) {
      expect((await ask(`/api/v1/sessions/chat${path}`, key)).status).toBe(404);
      expect((await ask(`/api/v1/sessions/chat${path}`, sending)).status).toBe(403);
    }
  });
});
