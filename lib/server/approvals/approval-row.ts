import { approvals } from "@/db/schema";
import type { Approval, Decision, Receipt } from "@/lib/core/api/approval";
import { allowedActions } from "@/lib/core/approvals/words";
import type { Dialect } from "@/lib/core/dialect";
import { iso, isoOrNull } from "../iso";

export type ApprovalRow = typeof approvals.$inferSelect;

/** What is reported of a decision: without the request itself, whose texts may be as long as an event. */
export const decidedColumns = {
  ...{ projectId: approvals.projectId, id: approvals.id, runId: approvals.runId, key: approvals.key, named: approvals.named },
  ...{ askedThrough: approvals.askedThrough, kind: approvals.kind, tool: approvals.tool, actionHash: approvals.actionHash },
  ...{ requestedSeq: approvals.requestedSeq, decision: approvals.decision, decidedBy: approvals.decidedBy, comment: approvals.comment },
  ...{ answer: approvals.answer, editedArguments: approvals.editedArguments, decidedAtMs: approvals.decidedAtMs },
};

export type DecidedRow = Pick<ApprovalRow, keyof typeof decidedColumns>;

/** A row with what is shown of its run. */
export type JoinedRow = {
  readonly approval: ApprovalRow;
  readonly run: { readonly externalId: string; readonly dialect: string; readonly name: string | null };
  readonly source: { readonly name: string };
};

export function toApproval({ approval: row, run, source }: JoinedRow): Approval {
  return {
    id: row.id,
    key: row.key,
    run: { id: row.runId, externalId: run.externalId, dialect: run.dialect as Dialect, source: source.name, name: run.name },
    status: row.status,
    kind: row.kind,
    tool: row.tool,
    arguments: row.arguments,
    repeatedKeys: row.repeatedKeys === null ? null : [...row.repeatedKeys],
    question: row.question,
    choices: row.choices === null ? null : [...row.choices],
    schema: row.schema,
    actions: [...allowedActions(row.kind, row.allowed)],
    agent: row.agent,
    risk: row.risk,
    actionHash: row.actionHash,
    requestedSeq: row.requestedSeq,
    askedAt: iso(row.askedAtMs),
    expiresAt: isoOrNull(row.expiresAtMs),
    supersededBy: row.supersededBy,
    decision: decisionOf(row),
    receipt: row.decidedThrough === "watchfloor" ? receiptOf(row) : null,
  };
}

function decisionOf(row: ApprovalRow): Decision | null {
  if (row.decision === null || row.decidedThrough === null || row.decidedAtMs === null) return null;
  return {
    decision: row.decision as Decision["decision"],
    through: row.decidedThrough,
    by: row.decidedBy,
    at: iso(row.decidedAtMs),
    comment: row.comment,
    answer: row.answer,
    editedArguments: row.editedArguments,
  };
}

function receiptOf(row: ApprovalRow): Receipt {
  return {
    recordedAt: isoOrNull(row.decidedAtMs),
    sentAt: isoOrNull(row.sentAtMs),
    sentVia: row.sentVia,
    deliveredAt: isoOrNull(row.deliveredAtMs),
    deliveredVia: row.deliveredVia,
    acknowledgedAt: isoOrNull(row.acknowledgedAtMs),
    resumedAt: isoOrNull(row.resumedAtMs),
  };
}
