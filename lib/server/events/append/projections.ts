import type { TransactionSql } from "postgres";
import { projectApprovals } from "../../approvals/project-approvals";
import { projectLeftApprovals } from "../../approvals/project-left-approvals";
import { projectControl } from "../../control/project-control";
import type { RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";

/** What one commit does to one run. */
export type RunChange = { readonly before: CachedRun; readonly plan: RunPlan };

/**
 * Rows derived from the runs' folded states, written in the append transaction before the run rows; null when these commits change none of
 * them, so that the batch can go in one statement. The statement must be sent (`.execute()`) before the call returns: the order of the
 * calls is the order on the wire.
 */
export type Projection = (projectId: string, changed: readonly RunChange[]) => ((sql: TransactionSql) => Promise<unknown>) | null;

export const projections: readonly Projection[] = [projectApprovals, projectLeftApprovals, projectControl];
