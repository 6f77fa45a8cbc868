import type { RunSummary } from "@/lib/core/api/run";
import { toRunSummary } from "@/lib/core/run/summary";
import type { CachedRun } from "../events/append/run-cache";

/** A run as lists and headers show it, from what the appender holds of it. */
export function summaryOf(run: Pick<CachedRun, "id" | "externalId" | "source" | "createdAtMs" | "pricing" | "state">): RunSummary {
  const summary = toRunSummary(
    { id: run.id, externalId: run.externalId, dialect: run.source.dialect, source: run.source.name, createdAtMs: run.createdAtMs },
    run.state,
  );
  return run.pricing === 0 ? summary : { ...summary, pricing: run.pricing };
}
