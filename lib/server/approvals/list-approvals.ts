import { and, asc, desc, eq, inArray, lt, or, sql } from "drizzle-orm";
import { approvals } from "@/db/schema";
import type { ApprovalList } from "@/lib/core/api/approval";
import type { ApprovalStatus } from "@/lib/core/approvals/words";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { toApproval } from "./approval-row";
import { joined } from "./find-approval";

export type ApprovalFilter = {
  /** None = the ones that wait. */
  readonly status?: readonly ApprovalStatus[];
  readonly runId?: string;
};

/** What waits: most urgent first. What does not wait any more: newest first, page by page. */
export async function listApprovals(
  projectId: string,
  filter: ApprovalFilter,
  page: { limit: number; cursor?: string },
): Promise<ApprovalList> {
  const status = filter.status ?? ["pending"];
  const waiting = status.every((word) => word === "pending");
  const where = and(
    eq(approvals.projectId, projectId),
    inArray(approvals.status, [...status]),
    filter.runId === undefined ? undefined : eq(approvals.runId, filter.runId),
    page.cursor === undefined ? undefined : after(page.cursor),
  );
  const order = waiting
    ? [sql`${approvals.expiresAtMs} asc nulls last`, asc(approvals.askedAtMs), asc(approvals.id)]
    : [sql`${approvals.decidedAtMs} desc nulls last`, desc(approvals.id)];
  const [rows, pending] = await Promise.all([
    joined()
      .where(where)
      .orderBy(...order)
      .limit(page.limit + 1),
    countPending(projectId),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1)?.approval;
  const more = rows.length > page.limit && !waiting && last !== undefined;
  return { approvals: shown.map(toApproval), pending, nextCursor: more ? `${last.decidedAtMs ?? 0}_${last.id}` : null };
}

function after(cursor: string) {
  const [ms = "", id = ""] = cursor.split("_");
  if (!/^\d{1,15}$/.test(ms) || !isUuid(id))
    throw new DomainError("invalid_request", "This cursor was not given by us.", { path: "?cursor=" });
  return or(lt(approvals.decidedAtMs, Number(ms)), and(eq(approvals.decidedAtMs, Number(ms)), lt(approvals.id, id)));
}

export async function countPending(projectId: string): Promise<number> {
  return services().db.$count(approvals, and(eq(approvals.projectId, projectId), eq(approvals.status, "pending")));
}
