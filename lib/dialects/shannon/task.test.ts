import { describe, expect, test } from "vitest";
import { RunSummary } from "../../core/api/run";
import { stringifyExact } from "../../core/exact-json";
import { runStatuses } from "../../core/run/status";
import { parseShannonTaskStatus, ShannonTask, ShannonTaskListItem, shannonTask, shannonTaskListItem, shannonTaskStatus } from "./index";

const run = RunSummary.parse({
  id: "0199c1f0-0000-7000-8000-000000000001",
  externalId: "wf-1",
  dialect: "shannon",
  source: "default",
  name: "Analyze Q4",
  agent: "orchestrator",
  status: "succeeded",
  createdAt: "2025-10-27T06:07:50.000Z",
  startedAt: "2025-10-27T06:07:51.000Z",
  endedAt: "2025-10-27T06:08:36.000Z",
  durationMs: 45_000,
  lastEventAt: "2025-10-27T06:08:36.000Z",
  lastSeq: 12,
  agents: 3,
  steps: 0,
  toolCalls: 7,
  modelCalls: 4,
  errors: 0,
  unknownEvents: 0,
  tokens: { input: 3_000, output: 2_000, cachedRead: 400, cachedWrite: 20, reasoning: 0, total: 5_420 },
  cost: {
    reportedNanos: 80_000_000,
    estimatedNanos: 1_400_000,
    unpricedCalls: 0,
    runReportedNanos: 81_400_000,
    callsReportedNanos: 0,
    agentsReportedNanos: 0,
  },
  models: ["gpt-5"],
  activity: null,
  sessionId: "sess-1",
  pendingApprovals: 0,
  progressPercent: null,
  completeness: { sourceFirstSeq: 1, sourceLastSeq: 12, sourceSeen: 12, sourceMissing: 0, late: 0 },
});

test("a task in the list", () => {
  expect(shannonTaskListItem(run, { query: "Analyze Q4 sales data", mode: "STANDARD" })).toEqual({
    task_id: "wf-1",
    query: "Analyze Q4 sales data",
    status: "TASK_STATUS_COMPLETED",
    mode: "STANDARD",
    created_at: "2025-10-27T06:07:51.000Z",
    completed_at: "2025-10-27T06:08:36.000Z",
    total_token_usage: { total_tokens: 5_420, cost_usd: 0.0814, prompt_tokens: 3_420, completion_tokens: 2_000 },
  });
});

test("a running task has no completion, and its name where it has no query", () => {
  const item = shannonTaskListItem({ ...run, status: "running", endedAt: null });
  expect(item).not.toHaveProperty("completed_at");
  expect(item.query).toBe("Analyze Q4");
});

test("a task with its answer, cost and models", () => {
  const sum = { events: 2, reportedNanos: 0, estimatedNanos: 0 };
  const byModel = {
    "gpt-5": { ...sum, total: 3_000, reportedNanos: 80_000_000 },
    mini: { ...sum, total: 1_000, estimatedNanos: 1_400_000 },
  };
  expect(
    shannonTask(run, { query: "q", answer: "42", mode: "STANDARD", usage: { byModel, providers: { "gpt-5": "openai", mini: null } } }),
  ).toMatchObject({
    task_id: "wf-1",
    workflow_id: "wf-1",
    status: "TASK_STATUS_COMPLETED",
    result: "42",
    error: "",
    session_id: "sess-1",
    model_used: "gpt-5",
    provider: "openai",
    usage: { total_tokens: 5_420, input_tokens: 3_420, output_tokens: 2_000, estimated_cost: 0.0814 },
    metadata: {
      model_breakdown: [
        { model: "gpt-5", provider: "openai", executions: 2, tokens: 3_000, cost_usd: 0.08, percentage: 75 },
        { model: "mini", provider: "", executions: 2, tokens: 1_000, cost_usd: 0.0014, percentage: 25 },
      ],
    },
  });
});

test("an answer that is JSON is given as an object too", () => {
  expect(shannonTask(run, { answer: '{"rows":3}' })).toMatchObject({ result: '{"rows":3}', response: { rows: 3 } });
  const row = '{"row":9007199254740993}';
  expect(stringifyExact(shannonTask(run, { answer: row }).response)).toBe(row);
  expect(shannonTask(run, { answer: "plain" })).toMatchObject({ result: "plain", response: {} });
});

test("the published schemas name every field that is answered with", () => {
  const extra = { query: "q", answer: '{"rows":3}', mode: "STANDARD" };
  const [item, task] = [shannonTaskListItem(run, extra), shannonTask(run, extra)];
  expect(ShannonTaskListItem.strict().parse(item)).toEqual(item);
  expect(ShannonTask.strict().parse(task)).toEqual(task);
});

describe("statuses", () => {
  /** The SDK's enum: every other word shows as FAILED. */
  const sdkEnum = ["QUEUED", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED", "TIMEOUT"];

  test.each(runStatuses)("%s leaves as a word of the SDK's enum and is found again by it", (status) => {
    const word = shannonTaskStatus(status);
    expect(sdkEnum).toContain(word.replace("TASK_STATUS_", ""));
    expect(parseShannonTaskStatus(word)).toContain(status);
    expect(parseShannonTaskStatus(word.replace("TASK_STATUS_", "").toLowerCase())).toContain(status);
  });

  test("a run that waits for a human runs, it has not failed", () => {
    expect(shannonTaskStatus("waiting")).toBe("TASK_STATUS_RUNNING");
    expect(parseShannonTaskStatus("canceled")).toEqual(["cancelled"]);
    expect(parseShannonTaskStatus("waiting_for_input")).toBeNull();
  });
});
