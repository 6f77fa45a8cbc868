import { unsaidFailure } from "@/lib/core/run/unsaid-failure";
import { shannonFailure } from "@/lib/dialects/shannon";
import { ownPrefix } from "../../ingest/accept-event";
import { ownEvent } from "../append-own";
import { type PlanInput, planRun, type RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";

/**
 * As `planRun`. Where Shannon's end mark comes behind an error and no completion was told, the run's failure is written before the mark:
 * failures are surfaced by ERROR_OCCURRED alone there, completion by WORKFLOW_COMPLETED (Shannon seed, "Event Type Quick Reference").
 */
export function planToEnd(input: PlanInput & { readonly run: CachedRun }): RunPlan {
  const plan = planRun(input);
  const { run, events } = input;
  if (input.source.dialect !== "shannon") return plan;
  const mark = plan.stored.find(({ event }) => event.type === "stream.ended")?.event;
  const error = mark && unsaidFailure(plan.state);
  if (!mark || !error) return plan;
  const at = events.findIndex(({ canonical }, index) => canonical.type === "stream.ended" && plan.outcomes[index]?.kind === "stored");
  const body = shannonFailure({ runId: run.externalId, error, atMs: mark.occurredAtMs ?? mark.receivedAtMs });
  const failure = ownEvent(run, body, { dedupeKey: `${ownPrefix}stream-end:${run.lastSeq}` });
  const told = planRun({ ...input, events: [...events.slice(0, at), failure, ...events.slice(at)] });
  return { ...told, outcomes: told.outcomes.filter((_, index) => index !== at) };
}
