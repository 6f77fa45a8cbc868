import { unsaidFailure } from "@/lib/core/run/unsaid-failure";
import { shannonFailure } from "@/lib/dialects/shannon";
import { ownPrefix } from "../../ingest/accept-event";
import { ownEvent } from "../append-own";
import { type PlanInput, planRun, type RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";

/**
 * As `planRun`. Where Shannon's end mark comes with an error and no completion was told, the run's failure is written, before the mark
 * if that is among these events: failures are surfaced by ERROR_OCCURRED alone there, completion by WORKFLOW_COMPLETED (Shannon seed,
 * "Event Type Quick Reference").
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
