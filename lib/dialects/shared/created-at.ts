import type { RunSummary } from "../../core/api/run";

/** When a run was created: we hear of it at its first event, which may have happened before. Both are written alike. */
export function createdAt({ createdAt, startedAt }: Pick<RunSummary, "createdAt" | "startedAt">): string {
  return startedAt !== null && startedAt < createdAt ? startedAt : createdAt;
}
