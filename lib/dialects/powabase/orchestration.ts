import type { JsonObject } from "../../core/json";
import { isTerminal } from "../../core/run/status";
import { childRunsOf } from "./child-runs";
import { powabaseEncoder } from "./encode";
import { type PowabaseRunParts, runUsageOf, statusWords, truncated } from "./run";

/** `model` is the one named by the run's own total; its delegates' models are theirs. */
type Parts = Omit<PowabaseRunParts, "query"> & { readonly model: string | null };

/** Response of `GET /api/orchestrations/runs/{run_id}`. If cut, it covers children up to that point. */
export function powabaseOrchestrationRun({ run, outgoing, answer, model, cut }: Parts): JsonObject {
  return {
    run_id: run.externalId,
    orchestration_id: null,
    status: statusWords[run.status],
    content: answer,
    events: outgoing.map(powabaseEncoder.item).filter((item) => item !== null),
    usage: runUsageOf(run),
    model,
    error: run.error?.message ?? null,
    started_at: run.startedAt,
    completed_at: run.endedAt,
    child_runs: childRunsOf(outgoing, isTerminal(run.status)),
    ...truncated(cut),
  };
}
