import type { RunSummary } from "@/lib/core/api/run";
import type { Dialect } from "@/lib/core/dialect";
import type { RunStatus } from "@/lib/core/run/status";

/** What a list of runs is narrowed to; null = not narrowed. */
export type RunFilters = {
  readonly status: RunStatus | null;
  readonly dialect: Dialect | null;
  readonly agent: string | null;
  readonly q: string | null;
};

export const noRunFilters: RunFilters = { status: null, dialect: null, agent: null, q: null };

export function runFilterParams(filters: RunFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.status) params.set("status", filters.status);
  if (filters.dialect) params.set("dialect", filters.dialect);
  if (filters.agent) params.set("agent", filters.agent);
  if (filters.q) params.set("q", filters.q);
  return params;
}

/** Whether a run that the feed reports belongs in a list with these filters. */
export function matchesRunFilters(run: RunSummary, filters: RunFilters): boolean {
  if (filters.status && run.status !== filters.status) return false;
  if (filters.dialect && run.dialect !== filters.dialect) return false;
  if (filters.agent && run.agent !== filters.agent) return false;
  return filters.q === null || foundBy(run, filters.q);
}

/** As the server looks: part of the name, or a whole id. */
function foundBy(run: RunSummary, q: string): boolean {
  return run.name.toLowerCase().includes(q.toLowerCase()) || run.externalId === q || run.id === q;
}
