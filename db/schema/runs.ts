import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { RowState } from "@/lib/core/run/state";

/**
 * One row per run: what lists sort and filter by is in columns, the rest of the fold in `state`. `kind = 'activity'` is a source's
 * stream of events that belong to no run; it is not listed among runs.
 */
export const runs = pgTable(
  "runs",
  {
    projectId: uuid("project_id").notNull(),
    /** UUIDv7: time-ordered, and contains the day that determines its partition. */
    id: uuid().primaryKey(),
    sourceId: uuid("source_id").notNull(),
    dialect: text().notNull(),
    externalId: text("external_id").notNull(),
    kind: text({ enum: ["run", "activity"] }).notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    lastSeq: bigint("last_seq", { mode: "number" }).notNull().default(0),
    status: text().notNull().default("queued"),
    name: text(),
    agent: text(),
    sessionId: text("session_id"),
    startedAtMs: bigint("started_at_ms", { mode: "number" }),
    endedAtMs: bigint("ended_at_ms", { mode: "number" }),
    lastEventAtMs: bigint("last_event_at_ms", { mode: "number" }),
    tokens: bigint({ mode: "number" }).notNull().default(0),
    costNanos: bigint("cost_nanos", { mode: "number" }).notNull().default(0),
    /** As reported, or else from start to end; null while the run is open. */
    durationMs: bigint("duration_ms", { mode: "number" }),
    /** The models that its usage names. */
    models: text().array(),
    /**
     * When the run counts as stalled unless it reports before, by our clock; null if it cannot stall. Not indexed: it changes with
     * every event.
     */
    stallsAtMs: bigint("stalls_at_ms", { mode: "number" }),
    /** The hour of that time: it rarely changes, so most updates stay HOT despite the index on it. */
    stallsHour: integer("stalls_hour").generatedAlwaysAs(sql`(stalls_at_ms / 3600000)::int`),
    /**
     * Set once the run has been recorded as stalled (lib/server/runs/note-silent.ts); its next event clears it. A run without the
     * mark may be silent too: `stallsAtMs` decides.
     */
    silent: boolean().notNull().default(false),
    /** How often the run's estimates were redone: anything kept of an earlier fold is then invalid. */
    pricing: integer().notNull().default(0),
    /**
     * How often cost and tokens have doubled: an index on the figures themselves would be updated with every model call, and all
     * other indexes of the row with it.
     */
    costGrade: integer("cost_grade").generatedAlwaysAs(sql`floor(ln((greatest(cost_nanos, 0) + 1)::float8) / ln(2::float8))::int`),
    tokensGrade: integer("tokens_grade").generatedAlwaysAs(sql`floor(ln((greatest(tokens, 0) + 1)::float8) / ln(2::float8))::int`),
    state: json().$type<RowState>(),
  },
  (t) => [
    uniqueIndex("runs_external").on(t.projectId, t.sourceId, t.externalId),
    // By bytes, whatever the database's collation, so it also finds prefixes. It covers the lookup of an id.
    index("runs_by_external").on(t.projectId, t.externalId.op("text_pattern_ops"), t.id, t.kind),
    index("runs_listed").on(t.projectId, t.id.desc()).where(sql`kind = 'run'`),
    index("runs_by_status").on(t.projectId, t.status, t.id.desc()).where(sql`kind = 'run'`),
    // Open runs only; ended ones are in `ended_runs`. Agent and source let the index itself skip the runs that a list excludes.
    index("runs_open_by_cost").on(t.projectId, t.costGrade, t.id, t.agent, t.sourceId).where(sql`kind = 'run' and ended_at_ms is null`),
    index("runs_by_dialect").on(t.projectId, t.dialect, t.id.desc()),
    index("runs_by_source").on(t.projectId, t.sourceId, t.id.desc()).where(sql`kind = 'run'`),
    index("runs_by_agent").on(t.projectId, t.agent, t.id.desc()).where(sql`kind = 'run'`),
    // The planner assumes that agent and status are independent: without this index, the failures of an agent that never fails
    // would be searched for in every run.
    index("runs_by_agent_status").on(t.projectId, t.agent, t.status, t.id.desc()).where(sql`kind = 'run'`),
    index("runs_by_session").on(t.projectId, t.sessionId, t.id.desc()).where(sql`kind = 'run' and session_id is not null`),
    // For the list of sessions; no column changes after a run has begun.
    index("runs_of_sessions").on(t.projectId, t.id.desc()).where(sql`kind = 'run' and session_id is not null`),
    index("runs_open_by_tokens").on(t.projectId, t.tokensGrade, t.id, t.agent, t.sourceId).where(sql`kind = 'run' and ended_at_ms is null`),
    // Among open runs, the earliest start means the longest duration.
    index("runs_open_by_start").on(t.projectId, t.startedAtMs, t.id, t.agent, t.sourceId).where(sql`kind = 'run' and ended_at_ms is null`),
    // Open runs in list order. A run enters when it begins and leaves when it ends; its growth does not touch the index.
    index("runs_open").on(t.projectId, t.id.desc(), t.startedAtMs).where(sql`kind = 'run' and ended_at_ms is null`),
    index("runs_by_stall").on(t.projectId, t.stallsHour, t.id.desc()).where(sql`kind = 'run' and stalls_hour is not null`),
    // Runs that may be moving: `runs_by_stall` knows only the hour, so thousands that fall silent at once would be scanned for an
    // hour.
    index("runs_heard_of").on(t.projectId, t.stallsHour, t.id).where(sql`kind = 'run' and stalls_hour is not null and not silent`),
    // Covers what alerts count; its columns change when a run ends, so other updates stay HOT.
    index("runs_by_end").on(t.projectId, t.endedAtMs, t.status, t.dialect).where(sql`kind = 'run' and ended_at_ms is not null`),
  ],
);

/**
 * The final figures of ended runs, by which lists are sorted. Separate from the run's row, where the figures change with every
 * event, and narrow, so that a page is read in few blocks. A trigger maintains it (db/functions/keep-ended-run.sql), whoever writes
 * the row. The status follows each key so that a list of failures is an index-only scan.
 */
export const endedRuns = pgTable(
  "ended_runs",
  {
    projectId: uuid("project_id").notNull(),
    runId: uuid("run_id").notNull(),
    sourceId: uuid("source_id").notNull(),
    agent: text(),
    status: text().notNull(),
    /** Never negative, as displayed. */
    costNanos: bigint("cost_nanos", { mode: "number" }).notNull(),
    tokens: bigint({ mode: "number" }).notNull(),
    durationMs: bigint("duration_ms", { mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.runId] }),
    index("ended_runs_by_cost").on(t.projectId, t.costNanos, t.runId, t.status),
    index("ended_runs_by_tokens").on(t.projectId, t.tokens, t.runId, t.status),
    index("ended_runs_by_duration").on(t.projectId, t.durationMs, t.runId, t.status),
    // An agent or a source with only cheap runs is at the end of the list of all: without these indexes that list would be scanned
    // to its end.
    index("ended_runs_of_agent_by_cost").on(t.projectId, t.agent, t.costNanos, t.runId, t.status),
    index("ended_runs_of_agent_by_tokens").on(t.projectId, t.agent, t.tokens, t.runId, t.status),
    index("ended_runs_of_agent_by_duration").on(t.projectId, t.agent, t.durationMs, t.runId, t.status),
    index("ended_runs_of_source_by_cost").on(t.projectId, t.sourceId, t.costNanos, t.runId, t.status),
    index("ended_runs_of_source_by_tokens").on(t.projectId, t.sourceId, t.tokens, t.runId, t.status),
    index("ended_runs_of_source_by_duration").on(t.projectId, t.sourceId, t.durationMs, t.runId, t.status),
  ],
);

/**
 * The models that runs are found by, and below the other agents and the names. They are written once or twice in a run's life. As
 * indexes on the run's row they would be updated with every other change of it, and these are the most expensive indexes.
 */
export const runModels = pgTable(
  "run_models",
  { projectId: uuid("project_id").notNull(), model: text().notNull(), runId: uuid("run_id").notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.model, t.runId] })],
);

/**
 * Who worked in a run besides the agent it is named after, which is in the run's row: most runs have a single agent and no rows
 * here. An agent that used to be in the run's row may have both.
 */
export const runAgents = pgTable(
  "run_agents",
  { projectId: uuid("project_id").notNull(), agent: text().notNull(), runId: uuid("run_id").notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.agent, t.runId] })],
);

/** Also indexed by trigrams if the database has them (db/migrations). */
export const runNames = pgTable(
  "run_names",
  { projectId: uuid("project_id").notNull(), runId: uuid("run_id").notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.runId] })],
);
