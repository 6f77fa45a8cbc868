import { sql } from "drizzle-orm";
import { bigint, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { auditActors, auditOutcomes } from "@/lib/core/audit/entry";

/**
 * What people and keys did to a project, except sending events. An entry is written before the action and closed after it: only
 * then does it get its place in the log and is chained to the previous entry. All times are ours, in epoch milliseconds.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** From 1, without gaps; null until the outcome is known. */
    seq: bigint({ mode: "number" }),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    actor: text({ enum: auditActors }).notNull(),
    /** Id of the key or member. */
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    action: text().notNull(),
    subjectId: text("subject_id"),
    subjectName: text("subject_name"),
    detail: text(),
    outcome: text({ enum: auditOutcomes }),
    requestId: text("request_id").notNull(),
    /** Proof of the previous entry, and of this one including that (lib/server/audit/proof.ts). */
    before: text(),
    proof: text(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("audit_log_seq").on(t.projectId, t.seq),
    // Finds the name of something deleted in an earlier entry.
    index("audit_log_names").on(t.projectId, t.subjectId, t.seq).where(sql`subject_name is not null`),
    index("audit_log_open").on(t.atMs).where(sql`seq is null`),
  ],
);

/** Where each project's log ends: without it, removing its last entries would go unnoticed. */
export const auditHeads = pgTable("audit_heads", {
  projectId: uuid("project_id").primaryKey(),
  seq: bigint({ mode: "number" }).notNull(),
  /** Proof of the entry at `seq`. */
  proof: text().notNull(),
  /** Proof of this row. */
  ownProof: text("own_proof").notNull(),
});
