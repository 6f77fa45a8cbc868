import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

function parts() {
  return { sourceId: uuid("source_id").notNull(), agent: text().notNull(), model: text().notNull() };
}

function figures() {
  return {
    events: integer().notNull(),
    tokens: bigint({ mode: "number" }).notNull(),
    input: bigint({ mode: "number" }).notNull(),
    output: bigint({ mode: "number" }).notNull(),
    cachedRead: bigint("cached_read", { mode: "number" }).notNull(),
    cachedWrite: bigint("cached_write", { mode: "number" }).notNull(),
    reasoning: bigint({ mode: "number" }).notNull(),
    reportedNanos: bigint("reported_nanos", { mode: "number" }).notNull(),
    estimatedNanos: bigint("estimated_nanos", { mode: "number" }).notNull(),
    unpriced: bigint({ mode: "number" }).notNull(),
  };
}

/** Sums per minute, so that charts never scan events. Their total equals the runs' displayed totals. */
export const usageBuckets = pgTable(
  "usage_buckets",
  { projectId: uuid("project_id").notNull(), minute: timestamp({ withTimezone: true }).notNull(), ...parts(), ...figures() },
  (t) => [primaryKey({ columns: [t.projectId, t.minute, t.sourceId, t.agent, t.model] })],
);

/**
 * The same sums per hour and per day (UTC), written in the same transaction: 90 days of minutes are millions of rows, which took 4
 * s to sum; as days they are thousands.
 */
export const usageRollups = pgTable(
  "usage_rollups",
  {
    projectId: uuid("project_id").notNull(),
    grain: text({ enum: ["hour", "day"] }).notNull(),
    start: timestamp({ withTimezone: true }).notNull(),
    ...parts(),
    ...figures(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.grain, t.start, t.sourceId, t.agent, t.model] })],
);

/**
 * The same sums by session, in a separate table: there are thousands of sessions, so together with agent and model they would
 * multiply the rows of every chart. Usage without a session is under the empty name, so the totals are the same.
 */
export const usageSessions = pgTable(
  "usage_sessions",
  {
    projectId: uuid("project_id").notNull(),
    grain: text({ enum: ["minute", "hour", "day"] }).notNull(),
    start: timestamp({ withTimezone: true }).notNull(),
    session: text().notNull(),
    ...figures(),
    /**
     * For days: the session was used on no other day, so this row is its total and can be ranked as it is. Most are: summing a
     * hundred thousand sessions of 90 days takes three times as long as scanning their rows. Null and false: must be summed.
     */
    alone: boolean(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.grain, t.start, t.session] }),
    index("usage_sessions_several_days").on(t.projectId, t.start).where(sql`${t.grain} = 'day' and ${t.alone} is not true`),
  ],
);

/** The first day written for each session: of two concurrent days, only one can be it. */
export const usageFirstDays = pgTable(
  "usage_first_days",
  {
    projectId: uuid("project_id").notNull(),
    session: text().notNull(),
    day: timestamp({ withTimezone: true }).notNull(),
    /** Another day arrived while the first day's row was being written: its `alone` is not reliable. */
    doubted: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.session] }),
    index("usage_first_days_doubted").on(t.projectId, t.session).where(sql`${t.doubted}`),
  ],
);
