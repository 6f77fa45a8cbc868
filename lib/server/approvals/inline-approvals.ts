import type { RunSummary } from "@/lib/core/api/run";
import { stringifyExact } from "@/lib/core/exact-json";
import { listApprovals } from "./list-approvals";

/** A page with more HTML than this takes too long to show anything. */
const mostChars = 64 * 1024;
const mostApprovals = 20;

/**
 * The run's pending requests, for the first paint of its page: the decision controls are there from the start, and nothing below them
 * shifts. As the text of the API's response, with exact numbers; null when nothing is pending or there is more than a page should carry.
 */
export async function inlineApprovals(projectId: string, run: Pick<RunSummary, "id" | "pendingApprovals">): Promise<string | null> {
  if (run.pendingApprovals === 0 || run.pendingApprovals > mostApprovals) return null;
  const text = stringifyExact(await listApprovals(projectId, { runId: run.id }, { limit: mostApprovals }));
  return text.length > mostChars ? null : text;
}
