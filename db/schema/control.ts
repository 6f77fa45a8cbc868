import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ControlAction, ControlOutcome } from "@/lib/core/control/words";

const instant = (name: string) => bigint(name, { mode: "number" });

/**
 * One row per pause, resume or cancel requested through us: committed before it becomes an event of the run, so that a crash cannot
 * lose it. At most one per run is open. All times are ours, in epoch milliseconds.
 */
export const controlRequests = pgTable(
  "control_requests",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    runId: uuid("run_id").notNull(),
    /** 1..N within the run. */
    number: integer().notNull(),
    action: text().$type<ControlAction>().notNull(),
    outcome: text().$type<ControlOutcome>().notNull(),
    reason: text(),
    /** Name of the person or key; never taken from a request body. */
    requestedBy: text("requested_by").notNull(),
    requestedByKey: uuid("requested_by_key"),
    requestedAtMs: instant("requested_at_ms").notNull(),
    /** Seq of its event; null until it is written into the run. */
    recordedSeq: bigint("recorded_seq", { mode: "number" }),
    /** Until then a process is writing the event. */
    claimedUntilMs: instant("claimed_until_ms").notNull(),
    sentAtMs: instant("sent_at_ms"),
    sentVia: text("sent_via"),
    acknowledgedAtMs: instant("acknowledged_at_ms"),
    acknowledgedVia: text("acknowledged_via"),
    /** When the agent carried it out, and the event that shows it. */
    doneAtMs: instant("done_at_ms"),
    doneSeq: bigint("done_seq", { mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("control_requests_number").on(t.projectId, t.runId, t.number),
    uniqueIndex("control_requests_open").on(t.projectId, t.runId).where(sql`outcome = 'open'`),
    index("control_requests_unrecorded").on(t.claimedUntilMs).where(sql`recorded_seq is null`),
  ],
);

/** Runs whose agent has fetched its control requests, so it can be reached. */
export const controlListeners = pgTable(
  "control_listeners",
  {
    projectId: uuid("project_id").notNull(),
    runId: uuid("run_id").notNull(),
    firstAtMs: instant("first_at_ms").notNull(),
    lastAtMs: instant("last_at_ms").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.runId] })],
);
