import { sql } from "drizzle-orm";
import { bigint, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { auditActors, auditOutcomes } from "@/lib/core/audit/entry";

/**
 * What people and keys did to a project, besides sending events. An entry is written before the deed and closed behind it: only then it
 * has its place in the log and is bound to the entry before it. All times are ours, in epoch milliseconds.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** From 1, without holes; null until it is known how the deed ended. */
    seq: bigint({ mode: "number" }),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    actor: text({ enum: auditActors }).notNull(),
    /** Of the key or the member. */
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text().notNull(),
    subjectId: text("subject_id"),
    subjectName: text("subject_name"),
    detail: text(),
    outcome: text({ enum: auditOutcomes }),
    requestId: text("request_id").notNull(),
    /** Proof of the entry before, and of this one with that (lib/server/audit/proof.ts). */
    before: text(),
    proof: text(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("audit_log_seq").on(t.projectId, t.seq),
    // What has ended is told by the name of an earlier entry.
    index("audit_log_names").on(t.projectId, t.subjectId, t.seq).where(sql`subject_name is not null`),
    index("audit_log_open").on(t.atMs).where(sql`seq is null`),
  ],
);

/** Where each project's log ends: without it, nobody would miss its last entries. */
export const auditHeads = pgTable("audit_heads", {
  projectId: uuid("project_id").primaryKey(),
  seq: bigint({ mode: "number" }).notNull(),
  /** Of the entry at `seq`. */
  proof: text().notNull(),
  /** Of this row. */
  ownProof: text("own_proof").notNull(),
});
