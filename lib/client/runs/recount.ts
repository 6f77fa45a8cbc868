import type { RunSummary } from "@/lib/core/api/run";
import type { RunStatus } from "@/lib/core/run/status";

/** The runs known to be in one status; `more` = there are others beyond what was read. */
export type CountedRuns = { readonly ids: readonly string[]; readonly more: boolean };

/** The same after the feed reported some runs; the same reference when nothing changed. */
export function recount(known: CountedRuns, status: RunStatus, changed: readonly { readonly run: RunSummary }[]): CountedRuns {
  const ids = new Set(known.ids);
  let touched = false;
  for (const { run } of changed) {
    if (ids.has(run.id) === (run.status === status)) continue;
    touched = true;
    if (run.status === status) ids.add(run.id);
    else ids.delete(run.id);
  }
  return touched ? { ...known, ids: [...ids] } : known;
}
