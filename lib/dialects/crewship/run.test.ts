import { expect, test } from "vitest";
import { RunSummary } from "../../core/api/run";
import { type RunStatus, runStatuses } from "../../core/run/status";
import { crewshipRun } from "./index";

function summary(status: RunStatus, endedAt: string | null): RunSummary {
  return RunSummary.parse({
    id: "0190a1b2-c3d4-7000-8000-00000000abcd",
    externalId: "run_abc123",
    dialect: "crewship",
    source: "default",
    name: "Report",
    agent: "Researcher",
    status,
    createdAt: "2024-01-15T10:30:00.000Z",
    startedAt: "2024-01-15T10:30:01.000Z",
    endedAt,
    durationMs: endedAt === null ? null : 45_200,
    lastEventAt: null,
    lastSeq: 9,
    agents: 2,
    steps: 0,
    toolCalls: 1,
    modelCalls: 0,
    errors: status === "failed" ? 1 : 0,
    unknownEvents: 0,
    tokens: { input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0, total: 0 },
    cost: { reportedNanos: 0, estimatedNanos: 0, unpricedCalls: 0, runReportedNanos: null, callsReportedNanos: 0, agentsReportedNanos: 0 },
    models: [],
    activity: null,
    sessionId: null,
    ...(status === "failed" ? { error: { message: "KeyError: 'topic'" } } : {}),
    pendingApprovals: 0,
    progressPercent: null,
    completeness: { sourceFirstSeq: null, sourceLastSeq: null, sourceSeen: 0, sourceMissing: null, late: 0 },
  });
}

test("a finished run is shown as GET /v1/runs/{id} shows it", () => {
  const run = crewshipRun(summary("succeeded", "2024-01-15T10:30:46.200Z"), { input: { topic: "AI" }, output: "report.md" });
  expect(JSON.stringify(run)).toBe(
    '{"id":"run_abc123","version_id":null,"deployment_id":null,"status":"succeeded","input":{"topic":"AI"},"output":"report.md","error_message":null,"created_at":"2024-01-15T10:30:00.000Z","started_at":"2024-01-15T10:30:01.000Z","completed_at":"2024-01-15T10:30:46.200Z"}',
  );
});

test("a failed run tells its error, a running one has no output yet", () => {
  expect(crewshipRun(summary("failed", "2024-01-15T10:30:46.200Z"), { input: null, output: null }).error_message).toBe("KeyError: 'topic'");
  expect(crewshipRun(summary("running", null), { input: null, output: "half" })).toMatchObject({ output: null, completed_at: null });
});

test("a run was created before it started, also where its first event came in later than it happened", () => {
  const late = { ...summary("running", null), createdAt: "2024-01-15T10:30:01.002Z" };
  const started = "2024-01-15T10:30:01.000Z";
  expect(crewshipRun(late, { input: null, output: null })).toMatchObject({ created_at: started, started_at: started });
  const queued = { ...late, startedAt: null };
  expect(crewshipRun(queued, { input: null, output: null })).toMatchObject({ created_at: late.createdAt, started_at: null });
});

test("every status is one of the five words", () => {
  const words = runStatuses.map((status) => crewshipRun(summary(status, null), { input: null, output: null }).status);
  expect(words).toEqual([
    "pending",
    "running",
    "running",
    "running",
    "running",
    "running",
    "succeeded",
    "failed",
    "running",
    "canceled",
    "failed",
  ]);
});
