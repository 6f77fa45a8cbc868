import { describe, expect, test } from "vitest";
import { RunSummary } from "../../core/api/run";
import { parseExact, stringifyExact } from "../../core/exact-json";
import type { JsonObject } from "../../core/json";
import { type RunStatus, runStatuses } from "../../core/run/status";
import type { Outgoing } from "../contract";
import { PowabaseRun, powabase, powabaseRun } from "./index";

function summary(status: RunStatus): RunSummary {
  return RunSummary.parse({
    id: "0190a1b2-c3d4-7000-8000-00000000abcd",
    externalId: "run_9f2",
    dialect: "powabase",
    source: "default",
    name: "Weather",
    agent: null,
    status,
    createdAt: "2026-03-04T10:15:00.000Z",
    startedAt: "2026-03-04T10:15:00.100Z",
    endedAt: status === "succeeded" ? "2026-03-04T10:15:04.000Z" : null,
    durationMs: null,
    lastEventAt: null,
    lastSeq: 6,
    agents: 0,
    steps: 2,
    toolCalls: 2,
    modelCalls: 0,
    errors: 0,
    unknownEvents: 0,
    tokens: { input: 476, output: 45, cachedRead: 1024, cachedWrite: 0, reasoning: 0, total: 1545 },
    cost: { reportedNanos: 0, estimatedNanos: 0, unpricedCalls: 0, runReportedNanos: null, callsReportedNanos: 0, agentsReportedNanos: 0 },
    models: [],
    activity: null,
    sessionId: "sess_41",
    pendingApprovals: 0,
    progressPercent: null,
    completeness: { sourceFirstSeq: null, sourceLastSeq: null, sourceSeen: 0, sourceMissing: null, late: 0 },
  });
}

function logOf(...bodies: readonly JsonObject[]): Outgoing[] {
  return bodies.map((body, index) => ({
    event: {
      ...powabase.decode({ body }),
      seq: index + 1,
      receivedAtMs: 0,
      source: { dialect: "powabase", type: String(body.event) },
    },
    raw: body,
    runId: "run_9f2",
  }));
}

const log = logOf(
  { event: "start", run_id: "run_9f2", session_id: "sess_41" },
  { event: "step_started", step: 1 },
  { event: "reasoning_delta", step: 1, delta: "Look" },
  { event: "reasoning", step: 1, content: "Look it up." },
  { event: "tool_call", tool_name: "get_weather", arguments: { city: "Zurich" }, call_id: "c1" },
  { event: "tool_call", tool_name: "get_weather", arguments: { city: "Bern" }, call_id: "c2" },
  { event: "content_delta", delta: "It is" },
  { event: "tool_result", tool_name: "get_weather", call_id: "c2", result: "11", duration_ms: 700 },
  { event: "tool_result", tool_name: "get_weather", call_id: "c1", result: "12", duration_ms: 740 },
  { event: "complete", run_id: "run_9f2", content: "12 and 11." },
);

describe("GET /api/agents/runs/{run_id}", () => {
  const shown = powabaseRun({ run: summary("succeeded"), outgoing: log, answer: "12 and 11.", query: "How warm is it?" });

  test("has every key of the real reply", () => {
    expect(Object.keys(shown)).toEqual([
      "id",
      "run_id",
      "session_id",
      "parent_orchestration_run_id",
      "parent_workflow_execution_id",
      "status",
      "input_messages",
      "output_messages",
      "content",
      "usage",
      "retrieved_context",
      "error",
      "started_at",
      "completed_at",
      "steps",
      "events",
      "tool_calls",
      "reasoning_steps",
      "created_at",
    ]);
  });

  test("was created before it started, also where its first event came in later than it happened", () => {
    const late = { ...summary("running"), createdAt: "2026-03-04T10:15:00.300Z" };
    const { created_at, started_at } = powabaseRun({ run: late, outgoing: [], answer: null, query: null });
    expect([created_at, started_at]).toEqual(["2026-03-04T10:15:00.100Z", "2026-03-04T10:15:00.100Z"]);
  });

  test("is named field by field in the published schema, cut or not", () => {
    const cut = { afterSeq: 5, lastSeq: 9, rest: "/api/runs/r/events?from=6&raw=1" };
    for (const reply of [shown, powabaseRun({ run: summary("failed"), outgoing: log, answer: null, query: null, cut })])
      expect(PowabaseRun.strict().parse(reply)).toEqual(reply);
  });

  test("tells question, answer and tokens; the cached ones are inside the prompt", () => {
    expect(shown).toMatchObject({
      run_id: "run_9f2",
      session_id: "sess_41",
      input_messages: [{ role: "user", content: "How warm is it?" }],
      output_messages: [{ role: "assistant", content: "12 and 11." }],
      usage: { prompt_tokens: 1500, completion_tokens: 45, total_tokens: 1545, cached_tokens: 1024 },
    });
  });

  test("pairs results with calls by id, also out of order, and names the step of each", () => {
    expect(shown.tool_calls).toEqual([
      { step: 1, tool_name: "get_weather", arguments: { city: "Zurich" }, result: "12", duration_ms: 740 },
      { step: 1, tool_name: "get_weather", arguments: { city: "Bern" }, result: "11", duration_ms: 700 },
    ]);
  });

  test("keeps every digit of what was asked of a tool and what came back", () => {
    const exact = '{"id":12345678901234567890,"price":1.10}';
    const bodies = [
      `{"event":"tool_call","tool_name":"a","arguments":${exact}}`,
      `{"event":"tool_result","tool_name":"a","result":${exact}}`,
      `{"event":"tool_call","tool_name":"b","arguments":${JSON.stringify(exact)}}`,
    ];
    const read = logOf(...bodies.map((text) => JSON.parse(text)));
    const outgoing = read.map((item, index) => ({ ...item, raw: parseExact(bodies[index] as string) }));
    const { tool_calls } = powabaseRun({ run: summary("running"), outgoing, answer: null, query: null });
    expect(stringifyExact(tool_calls)).toBe(
      `[{"step":null,"tool_name":"a","arguments":${exact},"result":${exact},"duration_ms":null},` +
        `{"step":null,"tool_name":"b","arguments":${exact},"result":null,"duration_ms":null}]`,
    );
  });

  test("takes the step that a call names, in whatever step another agent on the same stream is, and without a word of steps", () => {
    const outgoing = logOf(
      { event: "tool_call", step: 1, tool_name: "early" },
      { event: "step_started", step: 2 },
      { event: "delegation_started", agent: "writer", child_execution_id: "child" },
      { event: "step_started", step: 7 },
      { event: "tool_call", step: 2, tool_name: "delegate_to_editor" },
      { event: "tool_call", tool_name: "late" },
    );
    const { tool_calls } = powabaseRun({ run: summary("running"), outgoing, answer: null, query: null });
    expect(tool_calls).toMatchObject([
      { step: 1, tool_name: "early" },
      { step: 2, tool_name: "delegate_to_editor" },
      { step: 7, tool_name: "late" },
    ]);
  });

  test("keeps reasoning and leaves deltas out of the events", () => {
    expect(shown.reasoning_steps).toEqual([{ step: 1, content: "Look it up." }]);
    const words = (shown.events as readonly JsonObject[]).map((event) => event.event);
    expect(words).toEqual(["start", "step_started", "tool_call", "tool_call", "tool_result", "tool_result", "complete"]);
  });

  test("results without an id join the earliest open call of the same tool, and a result without a call is passed over", () => {
    const outgoing = logOf(
      { event: "tool_result", tool_name: "a", result: 0 },
      { event: "tool_call", tool_name: "a", arguments: 1 },
      { event: "tool_call", tool_name: "b", arguments: 2 },
      { event: "tool_result", tool_name: "b", result: 20 },
      { event: "tool_result", tool_name: "a", error: "boom" },
    );
    const { tool_calls } = powabaseRun({ run: summary("failed"), outgoing, answer: null, query: null });
    expect(tool_calls).toMatchObject([
      { tool_name: "a", result: "boom" },
      { tool_name: "b", result: 20 },
    ]);
  });
});

test("whatever is not over is running, so that a polling client goes on", () => {
  const words = runStatuses.map((status) => [
    status,
    powabaseRun({ run: summary(status), outgoing: [], answer: null, query: null }).status,
  ]);
  expect(Object.fromEntries(words)).toEqual({
    queued: "running",
    running: "running",
    waiting: "running",
    pausing: "running",
    paused: "running",
    stalled: "running",
    cancelling: "running",
    succeeded: "completed",
    failed: "failed",
    cancelled: "cancelled",
    expired: "failed",
  });
});
