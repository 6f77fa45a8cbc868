import { sql } from "drizzle-orm";
import { bigint, boolean, doublePrecision, index, json, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import type { AlertState } from "@/lib/core/alerts/machine";
import { alertKinds, alertLevels, alertSteps } from "@/lib/core/alerts/words";

const instant = (name: string) => bigint(name, { mode: "number" });

export const alertRules = pgTable(
  "alert_rules",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    kind: text({ enum: alertKinds }).notNull(),
    enabled: boolean().notNull(),
    /** Filter, thresholds and times (lib/core/alerts/rule). */
    settings: json().notNull(),
    /** Webhooks of a kind that receives alerts. */
    channels: uuid().array().notNull(),
    createdAtMs: instant("created_at_ms").notNull(),
    updatedAtMs: instant("updated_at_ms").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] })],
);

/** One row per project: the holder of its lock evaluates the project's rules. Everything an evaluation changes commits with it. */
export const alertTurns = pgTable("alert_turns", {
  projectId: uuid("project_id").primaryKey(),
  /** False if there is no rule to evaluate. */
  active: boolean().notNull(),
  /** How far the feed has been processed. */
  feedSeq: bigint("feed_seq", { mode: "number" }).notNull(),
  /** When time-dependent rules are next evaluated. */
  dueAtMs: instant("due_at_ms").notNull(),
  /** Number of the newest entry in the log. */
  logSeq: bigint("log_seq", { mode: "number" }).notNull(),
  /** Grows with every change that a page would show. */
  revision: bigint({ mode: "number" }).notNull(),
});

/** The state of each thing that a rule watches, for as long as it is not healthy. */
export const alertStates = pgTable(
  "alert_states",
  {
    projectId: uuid("project_id").notNull(),
    ruleId: uuid("rule_id").notNull(),
    subject: text().notNull(),
    state: json().$type<AlertState>().notNull(),
    /** The firing alert; null = the condition has not held for long enough yet. */
    alertId: uuid("alert_id"),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.ruleId, t.subject] })],
);

/** One row from firing to recovery. */
export const alerts = pgTable(
  "alerts",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    ruleId: uuid("rule_id").notNull(),
    ruleName: text("rule_name").notNull(),
    kind: text({ enum: alertKinds }).notNull(),
    subject: text().notNull(),
    about: text(),
    level: text({ enum: alertLevels }).notNull(),
    worst: text({ enum: alertLevels }).notNull(),
    value: doublePrecision(),
    /** The threshold that was crossed. */
    threshold: doublePrecision().notNull(),
    windowMinutes: bigint("window_minutes", { mode: "number" }),
    runId: uuid("run_id"),
    seq: bigint({ mode: "number" }),
    /** Start of the time that is measured. */
    measuredFromMs: instant("measured_from_ms"),
    firedAtMs: instant("fired_at_ms").notNull(),
    endedAtMs: instant("ended_at_ms"),
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAtMs: instant("acknowledged_at_ms"),
    note: text(),
    mutedUntilMs: instant("muted_until_ms"),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    index("alerts_firing").on(t.projectId, t.firedAtMs).where(sql`ended_at_ms is null`),
    index("alerts_ended").on(t.projectId, t.endedAtMs.desc(), t.id.desc()).where(sql`ended_at_ms is not null`),
  ],
);

/** The history of each alert, numbered without gaps per project, so that a page can resume after its last entry. */
export const alertLog = pgTable(
  "alert_log",
  {
    projectId: uuid("project_id").notNull(),
    n: bigint({ mode: "number" }).notNull(),
    alertId: uuid("alert_id").notNull(),
    atMs: instant("at_ms").notNull(),
    step: text({ enum: alertSteps }).notNull(),
    level: text({ enum: alertLevels }).notNull(),
    value: doublePrecision(),
    /** Whether people were notified; false if it was muted. */
    told: boolean().notNull(),
    byName: text("by_name"),
    note: text(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.n] }), index("alert_log_of").on(t.projectId, t.alertId, t.n)],
);

/** When each source last reported, by our clock; kept only if a rule needs it. */
export const alertHeard = pgTable(
  "alert_heard",
  { projectId: uuid("project_id").notNull(), sourceId: uuid("source_id").notNull(), atMs: instant("at_ms").notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.sourceId] })],
);
