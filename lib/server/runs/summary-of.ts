import type { RunSummary } from "@/lib/core/api/run";
import { toRunSummary } from "@/lib/core/run/summary";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";

/** A run as lists and headers show it, from what the appender holds. */
export function summaryOf(run: Pick<CachedRun, "id" | "externalId" | "source" | "createdAtMs" | "pricing" | "state">): RunSummary {
  const { id, externalId, source, createdAtMs, state } = run;
  const environment = services().environments.of(source.id);
  const summary = toRunSummary({ id, externalId, dialect: source.dialect, source: source.name, environment, createdAtMs }, state);
  return run.pricing === 0 ? summary : { ...summary, pricing: run.pricing };
}
