import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
const firstMs = Date.parse("2026-03-04T10:00:00Z");
const iso = (ms: number) => new Date(firstMs + ms).toISOString();
const boom = "boom ".repeat(100);

const event = (type: string, ms: number, payload: object = {}, agent?: string) => ({
  ...{ workflow_id: "wf", type, timestamp: iso(ms), payload },
  ...(agent === undefined ? {} : { agent_id: agent }),
});

beforeAll(async () => {
  server = await startTestServer();
  const events = [
    event("WORKFLOW_STARTED", 0, { query: "q" }),
    event("AGENT_STARTED", 100, {}, "coder"),
    event("AGENT_THINKING", 150, {}, "coder"),
    // Comes before what it follows.
    event("TOOL_OBSERVATION", 900, { tool: "search", result: "3 hits", duration_ms: 700 }, "coder"),
    event("TOOL_INVOKED", 200, { tool: "search" }, "coder"),
    event("LLM_PARTIAL", 950, { delta: "a" }, "coder"),
    event("LLM_OUTPUT", 1_000, { model: "gpt-5", output: "a", duration_ms: 1_500 }, "coder"),
    event("APPROVAL_REQUESTED", 1_100, { approval_id: "a-1", tool: "rm" }),
    event("APPROVAL_DECISION", 1_200, { approval_id: "a-1", decision: "approved" }),
    event("APPROVAL_DECISION", 1_250, { approval_id: "a-2", decision: "timeout" }),
    event("WORKFLOW_PAUSING", 1_300),
    event("WORKFLOW_PAUSED", 1_350),
    event("WORKFLOW_RESUMED", 1_400),
    event("DELEGATION", 1_500, { to: "writer", task: "write" }, "coder"),
    event("AGENT_FAILED", 1_800, { error_message: boom }, "coder"),
    event("WORKFLOW_FAILED", 2_000, { error_message: boom }),
  ];
  expect((await server.send("/api/ingest/shannon", events)).status).toBeLessThan(300);
});
afterAll(() => server.stop());

type Timeline = {
  readonly workflow_id: string;
  readonly events: readonly { readonly type: string; readonly message: string; readonly timestamp: string; readonly seq: number }[];
  readonly stats: { readonly total: number; readonly mode: string };
  readonly truncated?: { readonly after_seq: number; readonly last_seq: number; readonly rest: string };
};
const read = async (path: string) => (await (await server.fetch(path)).json()) as Timeline;
const lines = ({ events }: Timeline) => events.map(({ type, message, timestamp }) => [Date.parse(timestamp) - firstMs, type, message]);

describe("a task's timeline", () => {
  it("tells workflow, ended work, children and signals by time, and nothing that the log does not say", async () => {
    const timeline = await read("/api/v1/tasks/wf/timeline");
    expect(lines(timeline)).toEqual([
      [0, "WF_STARTED", "Workflow started"],
      [900, "ACT_COMPLETED", "Activity search completed in 700ms"],
      [1_000, "ACT_COMPLETED", "Activity gpt-5 completed in 1.5s"],
      [1_200, "SIG_RECEIVED", "Signal received: human-approval-a-1"],
      [1_250, "TIMER_FIRED", "Timer human-approval-a-2 fired"],
      [1_300, "SIG_RECEIVED", "Signal received: pause"],
      [1_400, "SIG_RECEIVED", "Signal received: resume"],
      [1_500, "CHILD_STARTED", "Child writer started"],
      [1_800, "ACT_FAILED", `Activity coder failed: ${boom.slice(0, 200)}…`],
      [2_000, "WF_FAILED", `Workflow failed: ${boom.slice(0, 200)}…`],
    ]);
    expect(timeline).toEqual({ workflow_id: "wf", events: timeline.events, stats: { total: 10, mode: "summary" } });
    expect(timeline.events[1]).toEqual({
      ...{ workflow_id: "wf", type: "ACT_COMPLETED", agent_id: "coder" },
      ...{ message: "Activity search completed in 700ms", timestamp: iso(900), seq: 4 },
    });
  });

  it("has starts and all other events in full, but for what is kept for a shorter time", async () => {
    const timeline = await read("/api/v1/tasks/wf/timeline?mode=full");
    const summary = new Set((await read("/api/v1/tasks/wf/timeline")).events.map(({ seq }) => seq));
    const more = timeline.events.filter(({ seq }) => !summary.has(seq));
    expect(lines({ ...timeline, events: more })).toEqual([
      [100, "ACT_STARTED", "Activity coder started"],
      [200, "ACT_STARTED", "Activity search started"],
      [1_100, "EVENT", "APPROVAL_REQUESTED"],
      [1_350, "EVENT", "WORKFLOW_PAUSED"],
    ]);
    expect(timeline.stats).toEqual({ total: 14, mode: "full" });
  });

  it("has failures in full with payloads", async () => {
    const { events } = await read("/api/v1/tasks/wf/timeline?include_payloads=true");
    expect(events.at(-1)?.message).toBe(`Workflow failed: ${boom}`);
  });

  it("is given in parts that hold each event once, and says where the rest is", async () => {
    const seqs: number[] = [];
    for (let path: string | undefined = "/api/v1/tasks/wf/timeline?mode=full&limit=3"; path; ) {
      const { events, truncated }: Timeline = await read(path);
      seqs.push(...events.map(({ seq }) => seq));
      if (truncated) expect(truncated).toMatchObject({ after_seq: Math.max(...seqs), last_seq: 16 });
      path = truncated?.rest;
    }
    const whole = await read("/api/v1/tasks/wf/timeline?mode=full");
    expect(seqs.toSorted((a, b) => a - b)).toEqual(whole.events.map(({ seq }) => seq).toSorted((a, b) => a - b));
  });

  it("refuses a mode and limits that there are not, and is not there for a task that nobody knows", async () => {
    for (const query of ["mode=all", "limit=0", "offset=x"])
      expect((await server.fetch(`/api/v1/tasks/wf/timeline?${query}`)).status).toBe(400);
    expect((await server.fetch("/api/v1/tasks/none/timeline")).status).toBe(404);
    const sending = await server.key("ingest");
    expect((await fetch(`${server.url}/api/v1/tasks/wf/timeline`, { headers: { "x-api-key": sending } })).status).toBe(403);
  });
});
