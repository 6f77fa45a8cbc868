import { unsaidFailure } from "@/lib/core/run/unsaid-failure";
import { shannonFailure } from "@/lib/dialects/shannon";
import { ownPrefix } from "../../ingest/accept-event";
import { ownEvent } from "../append-own";
import { type PlanInput, planRun, type RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";

/**
 * Like `planRun`. If Shannon's end mark carries an error and no completion was reported, writes the run's failure, before the mark if that
 * is among these events: there, only ERROR_OCCURRED reports failure and only WORKFLOW_COMPLETED completion (Shannon seed, "Event Type Quick
 * Reference").
 */
export function planToEnd(input: PlanInput & { readonly run: CachedRun }): RunPlan {
  const plan = planRun(input);
  const { run, events } = input;
  const error = input.source.dialect === "shannon" && plan.stored.length > 0 ? unsaidFailure(plan.state) : null;
  if (!error) return plan;
  const mark = events.findIndex(({ canonical }, index) => canonical.type === "stream.ended" && plan.outcomes[index]?.kind === "stored");
  const at = mark < 0 ? events.length : mark;
  const atMs = plan.state.lifecycle.lastEventAtMs ?? run.createdAtMs;
  const failure = ownEvent(run, shannonFailure({ runId: run.externalId, error, atMs }), {
    dedupeKey: `${ownPrefix}stream-end:${run.lastSeq}`,
  });
  const told = planRun({ ...input, events: [...events.slice(0, at), failure, ...events.slice(at)] });
  return { ...told, outcomes: told.outcomes.filter((_, index) => index !== at) };
}
