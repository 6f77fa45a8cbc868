import type { RunSummary } from "../../core/api/run";
import type { Json, JsonObject } from "../../core/json";
import type { RunStatus } from "../../core/run/status";

const statusWords: { readonly [status in RunStatus]: string } = {
  queued: "pending",
  running: "running",
  waiting: "running",
  pausing: "running",
  paused: "running",
  stalled: "running",
  cancelling: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "canceled",
  expired: "failed",
};

/** A run as `GET /v1/runs/{id}` and the entries of `{"runs": [...]}` show it. Deployments and versions are unknown to us: null. */
export function crewshipRun(run: RunSummary, { input, output }: { readonly input: Json; readonly output: Json }): JsonObject {
  const unfinished = run.endedAt === null;
  return {
    id: run.externalId,
    version_id: null,
    deployment_id: null,
    status: statusWords[run.status],
    input,
    output: unfinished ? null : output,
    error_message: run.error?.message ?? null,
    created_at: run.createdAt,
    started_at: run.startedAt,
    completed_at: run.endedAt,
  };
}
