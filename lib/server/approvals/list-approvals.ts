import { and, asc, desc, eq, gt, inArray, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import { approvals } from "@/db/schema";
import type { ApprovalList } from "@/lib/core/api/approval";
import type { ApprovalStatus } from "@/lib/core/approvals/words";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { type ApprovalRow, toApproval } from "./approval-row";
import { joined } from "./find-approval";

export type ApprovalFilter = {
  /** Empty = the pending ones. */
  readonly status?: readonly ApprovalStatus[];
  readonly runId?: string;
};

/** One page of requests. Pending ones: most urgent first. Others: newest first. */
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
    page.cursor === undefined ? undefined : (waiting ? afterWaiting : afterDecided)(page.cursor),
  );
  const order = waiting
    ? [sql`${approvals.expiresAtMs} asc nulls last`, asc(approvals.askedAtMs), asc(approvals.id)]
    : [sql`${approvals.decidedAtMs} desc nulls last`, desc(approvals.id)];
  const [found, pending] = await Promise.all([sizesOf(where, order, page.limit + 1), countPending(projectId)]);
  const ids = found.filter(({ before }, index) => index < page.limit && Number(before) < mostChars).map(({ id }) => id);
  const rows = ids.length === 0 ? [] : await joined().where(and(eq(approvals.projectId, projectId), inArray(approvals.id, ids)));
  const shown = rows.sort((a, b) => ids.indexOf(a.approval.id) - ids.indexOf(b.approval.id));
  const last = shown.at(-1)?.approval;
  const more = found.length > ids.length && last !== undefined;
  return { approvals: shown.map(toApproval), pending, nextCursor: more ? cursorOf(last, waiting) : null };
}

/** A page ends after the request that takes its texts past this length: each may be as long as an event. */
const mostChars = 4 * 1024 * 1024;

/** The ids of a list, and the total length of the texts before each one. The lengths are known without reading the texts. */
function sizesOf(where: SQL | undefined, order: readonly SQL[], limit: number) {
  const lengths = [approvals.arguments, approvals.answer, approvals.editedArguments].map(
    (column) => sql`coalesce(octet_length(${column}), 0)`,
  );
  const length = sql.join([...lengths, sql`coalesce(octet_length(${approvals.schema}::text), 0)`], sql` + `);
  const ordered = sql.join([...order], sql`, `);
  const before = sql<string>`coalesce(sum(${length}) over (order by ${ordered} rows between unbounded preceding and 1 preceding), 0)`;
  return services()
    .db.select({ id: approvals.id, before })
    .from(approvals)
    .where(where)
    .orderBy(...order)
    .limit(limit);
}

/** The timestamps that the list is ordered by (empty if unset) and the id. */
function cursorOf(row: ApprovalRow, waiting: boolean): string {
  return [...(waiting ? [row.expiresAtMs, row.askedAtMs] : [row.decidedAtMs]), row.id].map((part) => part ?? "").join("_");
}

function readCursor(cursor: string, moments: number): { readonly ms: readonly (number | null)[]; readonly id: string } {
  const parts = cursor.split("_");
  const id = parts.pop() ?? "";
  if (parts.length !== moments || parts.some((part) => !/^\d{0,15}$/.test(part)) || !isUuid(id))
    throw new DomainError("invalid_request", "This cursor is not valid.", { path: "?cursor=" });
  return { ms: parts.map((part) => (part === "" ? null : Number(part))), id };
}

function afterWaiting(cursor: string): SQL | undefined {
  const { ms, id } = readCursor(cursor, 2);
  const [expires = null, asked] = ms;
  const later = or(gt(approvals.askedAtMs, asked ?? 0), and(eq(approvals.askedAtMs, asked ?? 0), gt(approvals.id, id)));
  const endless = isNull(approvals.expiresAtMs);
  if (expires === null) return and(endless, later);
  return or(endless, gt(approvals.expiresAtMs, expires), and(eq(approvals.expiresAtMs, expires), later));
}

function afterDecided(cursor: string): SQL | undefined {
  const { ms, id } = readCursor(cursor, 1);
  const [decided = null] = ms;
  const open = isNull(approvals.decidedAtMs);
  if (decided === null) return and(open, lt(approvals.id, id));
  return or(open, lt(approvals.decidedAtMs, decided), and(eq(approvals.decidedAtMs, decided), lt(approvals.id, id)));
}

export async function countPending(projectId: string): Promise<number> {
  return services().db.$count(approvals, and(eq(approvals.projectId, projectId), eq(approvals.status, "pending")));
}
