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
    /** Filter, thresholds and times: lib/core/alerts/rule. */
    settings: json().notNull(),
    /** Webhooks of a kind that alerts go to. */
    channels: uuid().array().notNull(),
    createdAtMs: instant("created_at_ms").notNull(),
    updatedAtMs: instant("updated_at_ms").notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] })],
);

/** One row a project: whoever holds its lock judges the project's rules. Everything a judgement changes commits with it. */
export const alertTurns = pgTable("alert_turns", {
  projectId: uuid("project_id").primaryKey(),
  /** False while there is no rule to judge. */
  active: boolean().notNull(),
  /** How far the feed was followed. */
  feedSeq: bigint("feed_seq", { mode: "number" }).notNull(),
  /** When rules that depend on the time are judged next. */
  dueAtMs: instant("due_at_ms").notNull(),
  /** Of the newest entry in the log. */
  logSeq: bigint("log_seq", { mode: "number" }).notNull(),
  /** Grows with everything that a page would show otherwise than before. */
  revision: bigint({ mode: "number" }).notNull(),
});

/** What is remembered of each thing that a rule watches, as long as it is not well. */
export const alertStates = pgTable(
  "alert_states",
  {
    projectId: uuid("project_id").notNull(),
    ruleId: uuid("rule_id").notNull(),
    subject: text().notNull(),
    state: json().$type<AlertState>().notNull(),
    /** The alert that goes on; null = it is on its way to one. */
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
    /** The threshold that it passed. */
    threshold: doublePrecision().notNull(),
    windowMinutes: bigint("window_minutes", { mode: "number" }),
    runId: uuid("run_id"),
    seq: bigint({ mode: "number" }),
    /** What is measured in time counts from here. */
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

/** What became of each alert, numbered without holes for each project, so that a page resumes behind what it has. */
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
    /** Whether people were told; false while it was muted. */
    told: boolean().notNull(),
    byName: text("by_name"),
    note: text(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.n] }), index("alert_log_of").on(t.projectId, t.alertId, t.n)],
);

/** When each source was last heard of, our clock; kept only where a rule asks for it. */
export const alertHeard = pgTable(
  "alert_heard",
  { projectId: uuid("project_id").notNull(), sourceId: uuid("source_id").notNull(), atMs: instant("at_ms").notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.sourceId] })],
);
