import type { RunSummary } from "@/lib/core/api/run";
import { stringifyExact } from "@/lib/core/exact-json";
import { listApprovals } from "./list-approvals";

/** A page whose HTML carries more than this shows nothing for too long. */
const mostChars = 64 * 1024;
const mostApprovals = 20;

/**
 * What waits in this run, for the first paint of its page: the means to decide stand there from the beginning, and nothing below them
 * is moved by them. As the text of the API's answer, exact numbers in it; null when nothing waits, or more than a page should carry.
 */
export async function inlineApprovals(projectId: string, run: Pick<RunSummary, "id" | "pendingApprovals">): Promise<string | null> {
  if (run.pendingApprovals === 0 || run.pendingApprovals > mostApprovals) return null;
  const text = stringifyExact(await listApprovals(projectId, { runId: run.id }, { limit: mostApprovals }));
  return text.length > mostChars ? null : text;
}
