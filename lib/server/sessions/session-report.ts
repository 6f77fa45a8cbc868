import type { SessionReport } from "@/lib/core/api/session";
import { listRuns } from "../runs/list-runs";
import { findSession } from "./find-session";
import { sessionOf } from "./session-sums";

/** Runs returned with a session; its sums cover all of them. */
const mostRuns = 500;

/** A session with its runs in the order in which they began. Throws not_found. */
export async function sessionReport(projectId: string, id: string): Promise<SessionReport> {
  const row = await findSession(projectId, id);
  const { runs } = await listRuns(projectId, { session: row.session_id }, { limit: mostRuns });
  const cost = { reportedNanos: 0, estimatedNanos: 0, unpricedCalls: 0 };
  for (const run of runs) {
    cost.reportedNanos += run.cost.reportedNanos;
    cost.estimatedNanos += run.cost.estimatedNanos;
    cost.unpricedCalls += run.cost.unpricedCalls;
  }
  return { session: sessionOf(row), cost, runs: runs.sort((a, b) => startOf(a) - startOf(b)) };
}

function startOf(run: { startedAt: string | null; createdAt: string }): number {
  return Date.parse(run.startedAt ?? run.createdAt);
}
