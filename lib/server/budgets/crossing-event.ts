import type { Crossing } from "@/lib/core/budgets/charge";
import { ownBudgets } from "@/lib/dialects/own-budgets";
import type { NewEvent } from "../events/append/request";
import type { CachedRun } from "../events/append/run-cache";
import { ownEvent } from "../events/append-own";
import { ownPrefix } from "../ingest/accept-event";

/** The crossing as an event of the run that caused it, in that run's dialect. */
export function crossingEvent(run: CachedRun, { charge, threshold, spending, spent }: Crossing, atMs: number): NewEvent {
  const { rule, key, windowMs } = charge;
  const body = ownBudgets[run.source.dialect]({
    runId: run.externalId,
    budget: rule.name,
    scope: rule.scope,
    ...(rule.scope === "agent" || rule.scope === "session" ? { key } : {}),
    unit: rule.unit,
    amount: rule.amount,
    spent,
    threshold,
    seq: spending.seq,
    atMs,
  });
  // This key need not be more specific: the crossing's row ensures that it is written once.
  return ownEvent(run, body, { dedupeKey: `${ownPrefix}budget:${rule.id}:${windowMs}:${threshold}:${run.id}:${spending.seq}` });
}
