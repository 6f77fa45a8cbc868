import { and, desc, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { auditLog } from "@/db/schema";
import type { AuditNoun } from "@/lib/core/audit/actions";
import type { AuditEntry, AuditList } from "@/lib/core/audit/entry";
import { DomainError } from "../errors";
import { services } from "../services";
import type { AuditRow } from "./proof";

type Page = { readonly noun?: AuditNoun; readonly limit: number; readonly cursor?: string };

/** The project's log, newest first. */
export async function listEntries(projectId: string, { noun, limit, cursor }: Page): Promise<AuditList> {
  const { db } = services();
  const rows = await db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.projectId, projectId),
        isNotNull(auditLog.seq),
        cursor === undefined ? undefined : lt(auditLog.seq, seqOf(cursor)),
        noun === undefined ? undefined : sql`split_part(${auditLog.action}, '.', 1) = ${noun}`,
      ),
    )
    .orderBy(desc(auditLog.seq))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const names = await namesOf(projectId, shown);
  return {
    entries: shown.map((row) => entryOf(row, names)),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.seq) : null,
  };
}

/** A deletion's reply has no name: the name comes from an earlier entry. */
async function namesOf(projectId: string, rows: readonly AuditRow[]): Promise<ReadonlyMap<string, string>> {
  const nameless = [
    ...new Set(rows.flatMap(({ subjectId, subjectName }) => (subjectId !== null && subjectName === null ? [subjectId] : []))),
  ];
  if (nameless.length === 0) return new Map();
  const named = await services()
    .db.selectDistinctOn([auditLog.subjectId], { id: auditLog.subjectId, name: auditLog.subjectName })
    .from(auditLog)
    .where(and(eq(auditLog.projectId, projectId), inArray(auditLog.subjectId, nameless), isNotNull(auditLog.subjectName)))
    .orderBy(auditLog.subjectId, desc(auditLog.seq));
  return new Map(named.map(({ id, name }) => [id as string, name as string]));
}

function entryOf(row: AuditRow, names: ReadonlyMap<string, string>): AuditEntry {
  const { seq, atMs, actor: kind, actorId, actorName, action, subjectId, subjectName, detail, outcome, requestId } = row;
  return {
    seq: seq as number,
    at: new Date(atMs).toISOString(),
    actor: { kind, id: actorId, name: actorName },
    action,
    subject: { id: subjectId, name: subjectName ?? (subjectId === null ? null : (names.get(subjectId) ?? null)) },
    ...{ detail, outcome: outcome ?? "unknown", requestId },
  };
}

function seqOf(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new DomainError("invalid_request", "This cursor is not valid.", { path: "?cursor=" });
  return Number(cursor);
}
