import type { TransactionSql } from "postgres";
import { projectApprovals } from "../../approvals/project-approvals";
import { projectControl } from "../../control/project-control";
import type { RunPlan } from "./plan";
import type { CachedRun } from "./run-cache";

/** What one commit does to one run. */
export type RunChange = { readonly before: CachedRun; readonly plan: RunPlan };

/**
 * Rows that follow from the runs' folds, written in the append transaction after the run rows and before the rows that all
 * batches share. Each statement must be sent (`.execute()`) before the projection returns: the order of the calls is the order
 * on the wire.
 */
export type Projection = (sql: TransactionSql, projectId: string, changed: readonly RunChange[]) => Promise<unknown>;

export const projections: readonly Projection[] = [projectApprovals, projectControl];
