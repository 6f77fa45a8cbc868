import { and, eq, gt, isNull, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { approvals } from "@/db/schema";
import type { Approval, DecisionRequest } from "@/lib/core/api/approval";
import type { ApprovalStatus } from "@/lib/core/approvals/words";
import { stringifyExact } from "@/lib/core/exact-json";
import type { Json } from "@/lib/core/json";
import { storableJson, storableText } from "@/lib/core/json-storable";
import { DomainError, type ErrorCode } from "../errors";
import type { Principal } from "../http/principal";
import { claimMs } from "../leases";
import { services } from "../services";
import { checkStanding, createStanding } from "../standing/create-standing";
import { type ApprovalRow, type JoinedRow, toApproval } from "./approval-row";
import { checkDecision } from "./check-decision";
import { deciderName } from "./decider-name";
import { expireApprovals } from "./expire-approvals";
import { findApproval } from "./find-approval";
import { requireMayDecide } from "./policy";
import { tryRecordDecision } from "./record-decision";
import { refusalOf, staleRefusal } from "./refusal-of";

export type Repeatable = { readonly key: string; readonly bodyHash: Buffer };

/** What a decision may be refused with, besides `stale` when it names what was shown. */
export const decisionRefusals: readonly ErrorCode[] = [
  ...(["already_decided", "expired", "run_ended", "superseded", "own_request"] as const),
  ...(["invalid_decision", "schema_mismatch"] as const),
];

const statuses = { approve: "approved", edit: "approved", deny: "denied", answer: "answered" } as const satisfies Record<
  DecisionRequest["decision"],
  ApprovalStatus
>;

/**
 * Decides a request once and for all: of any number of callers exactly one wins, and the others are told who did. The decision is committed
 * before it becomes an event of the run. Throws not_found, own_request, invalid_decision, schema_mismatch, stale, already_decided, expired,
 * run_ended, superseded and idempotency_mismatch.
 */
export async function decideApproval(
  principal: Principal,
  id: string,
  { wanted, repeatable }: { wanted: DecisionRequest; repeatable?: Repeatable },
): Promise<{ approval: Approval; repeated: boolean }> {
  const found = await findApproval(principal.projectId, id);
  if (isRepeat(found.approval, repeatable)) return { approval: toApproval(found), repeated: true };
  requireMayDecide(principal, found.approval);
  if (found.approval.status !== "pending") throw refusalOf(found);
  if (found.approval.actionHash !== wanted.actionHash) throw staleRefusal(found);
  checkDecision(found.approval, wanted);
  if (wanted.standing) await checkStanding(found.approval, wanted.standing);
  const won = await settle(principal, found, { wanted, repeatable });
  if (won === null) return lost(principal, id, repeatable);
  services().decisions.wake(principal.projectId, [won.id]);
  if (wanted.standing) services().standing.allowed(principal.projectId);
  await tryRecordDecision(won);
  return { approval: toApproval(await findApproval(principal.projectId, id)), repeated: false };
}

async function settle(
  principal: Principal,
  { approval: row }: JoinedRow,
  { wanted, repeatable }: { wanted: DecisionRequest; repeatable?: Repeatable },
): Promise<ApprovalRow | null> {
  const by = await deciderName(principal);
  const nowMs = services().now();
  const decision = {
    status: statuses[wanted.decision],
    decision: wanted.decision,
    decidedThrough: "watchfloor",
    decidedBy: by,
    decidedByKey: principal.keyId ?? null,
    decidedAtMs: nowMs,
    comment: wanted.comment ? storableText(wanted.comment, wanted.comment.length) : null,
    answer: storable(wanted.answer as Json | undefined),
    editedArguments: storable(wanted.editedArguments as Json | undefined),
    idempotencyKey: repeatable?.key ?? null,
    bodyHash: repeatable?.bodyHash ?? null,
    claimedUntilMs: nowMs + claimMs,
  } as const;
  const stands = and(
    eq(approvals.projectId, row.projectId),
    eq(approvals.id, row.id),
    eq(approvals.status, "pending"),
    eq(approvals.actionHash, wanted.actionHash),
    or(isNull(approvals.expiresAtMs), gt(approvals.expiresAtMs, nowMs)),
  );
  const { db } = services();
  const settling = (sql: Pick<Db, "update">) => sql.update(approvals).set(decision).where(stands).returning();
  const { standing } = wanted;
  // Only a standing approval needs a second statement, and with it a transaction.
  const [won] = await (standing === undefined
    ? settling(db)
    : db.transaction(async (tx) => {
        const decided = await settling(tx);
        for (const each of decided) await createStanding(tx, each, { wanted: standing, by: { ...principal, name: by } });
        return decided;
      }));
  return won ?? null;
}

function storable(value: Json | undefined): Json {
  return value === undefined ? null : storableJson(stringifyExact(value), value).value;
}

function isRepeat(row: ApprovalRow, repeatable: Repeatable | undefined): boolean {
  if (repeatable === undefined || row.idempotencyKey !== repeatable.key) return false;
  if (row.bodyHash?.equals(repeatable.bodyHash)) return true;
  throw new DomainError("idempotency_mismatch", "This Idempotency-Key was already used with a different body.", {
    path: "Idempotency-Key",
  });
}

/** Another decision, the deadline or the run's end came first. */
async function lost(
  principal: Principal,
  id: string,
  repeatable: Repeatable | undefined,
): Promise<{ approval: Approval; repeated: boolean }> {
  const found = await findApproval(principal.projectId, id);
  if (isRepeat(found.approval, repeatable)) return { approval: toApproval(found), repeated: true };
  if (found.approval.status !== "pending") throw refusalOf(found);
  // Past its deadline but not yet expired: this caller is the first to notice.
  await expireApprovals({ projectId: principal.projectId, id });
  throw refusalOf(await findApproval(principal.projectId, id));
}
