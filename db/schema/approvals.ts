import { sql } from "drizzle-orm";
import { bigint, boolean, customType, index, json, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ApprovalAction, ApprovalKind, ApprovalStatus } from "@/lib/core/approvals/words";
import { parseExact, stringifyExact } from "@/lib/core/exact-json";
import type { Json } from "@/lib/core/json";

/** JSON kept exactly as written: the json type would store it so, but its readers would lose big numbers and repeated keys. */
const exactJson = customType<{ data: Json; driverData: string }>({
  dataType: () => "text",
  toDriver: (value) => stringifyExact(value),
  fromDriver: (text) => parseExact(text),
});
const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
const instant = (name: string) => bigint(name, { mode: "number" });

/**
 * One row per request for a human decision, written in the append transaction from the fold of its run. A decision made through us
 * is made here, by one conditional update, before it becomes an event. All times are ours, in epoch milliseconds.
 */
export const approvals = pgTable(
  "approvals",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    runId: uuid("run_id").notNull(),
    /** The sender's id of the request, or `seq:<n>`. */
    key: text().notNull(),
    named: boolean().notNull(),
    askedThrough: text("asked_through", { enum: ["watchfloor", "source"] }).notNull(),
    status: text().$type<ApprovalStatus>().notNull(),
    kind: text().$type<ApprovalKind>().notNull(),
    tool: text(),
    arguments: exactJson(),
    /** Where the request has repeated keys; null = nowhere. */
    repeatedKeys: json("repeated_keys").$type<readonly string[]>(),
    question: text(),
    choices: json().$type<readonly string[]>(),
    schema: json().$type<Json>(),
    allowed: json().$type<readonly ApprovalAction[]>(),
    agent: text(),
    risk: text(),
    channel: text(),
    /** SHA-256, hex, of what is being decided (lib/core/approvals/action-text). */
    actionHash: text("action_hash").notNull(),
    requestedSeq: bigint("requested_seq", { mode: "number" }),
    askedAtMs: instant("asked_at_ms").notNull(),
    expiresAtMs: instant("expires_at_ms"),
    /** The key that sent the request; it may not decide it. */
    askedBy: uuid("asked_by"),
    supersededBy: uuid("superseded_by"),
    /** approve, deny, edit, answer or timeout. */
    decision: text(),
    decidedThrough: text("decided_through", { enum: ["watchfloor", "source"] }),
    decidedBy: text("decided_by"),
    decidedByKey: uuid("decided_by_key"),
    decidedAtMs: instant("decided_at_ms"),
    comment: text(),
    answer: exactJson(),
    editedArguments: exactJson("edited_arguments"),
    idempotencyKey: text("idempotency_key"),
    bodyHash: bytea("body_hash"),
    /** Seq of the decision's event; null until it is written into the run. */
    recordedSeq: bigint("recorded_seq", { mode: "number" }),
    recordedAtMs: instant("recorded_at_ms"),
    /** Until then a process is writing the event. */
    claimedUntilMs: instant("claimed_until_ms"),
    sentAtMs: instant("sent_at_ms"),
    sentVia: text("sent_via"),
    deliveredAtMs: instant("delivered_at_ms"),
    deliveredVia: text("delivered_via"),
    acknowledgedAtMs: instant("acknowledged_at_ms"),
    resumedSeq: bigint("resumed_seq", { mode: "number" }),
    resumedAtMs: instant("resumed_at_ms"),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("approvals_request").on(t.projectId, t.runId, t.key, t.actionHash),
    index("approvals_waiting").on(t.projectId, t.expiresAtMs, t.askedAtMs).where(sql`status = 'pending'`),
    index("approvals_decided").on(t.projectId, t.decidedAtMs.desc()).where(sql`status <> 'pending'`),
    index("approvals_deadline").on(t.expiresAtMs).where(sql`status = 'pending' and expires_at_ms is not null`),
    index("approvals_unrecorded").on(t.decidedAtMs).where(sql`decided_through = 'watchfloor' and recorded_seq is null`),
  ],
);
