import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { RowState } from "@/lib/core/run/state";

/**
 * One row per run: what lists sort and filter by stands in columns, the rest of the fold in `state`.
 * `kind = 'activity'` is a source's stream of events that belong to no run; it is not listed among runs.
 */
export const runs = pgTable(
  "runs",
  {
    projectId: uuid("project_id").notNull(),
    /** UUIDv7: time-ordered, and carries the day that its partition is named by. */
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
    /** As reported, else from start to end; null while it runs. */
    durationMs: bigint("duration_ms", { mode: "number" }),
    /** The models that its usage names. */
    models: text().array(),
    /** When it counts as stalled unless something is heard before, our clock; null where it cannot stall. In no index: it changes with every event. */
    stallsAtMs: bigint("stalls_at_ms", { mode: "number" }),
    /** The hour of that moment: it changes seldom, so that an index on it leaves most updates in place. */
    stallsHour: integer("stalls_hour").generatedAlwaysAs(sql`(stalls_at_ms / 3600000)::int`),
    /**
     * It counts as stalled, and that was noted (lib/server/runs/note-silent.ts); whatever is heard of it takes the note away. What is not
     * noted may be silent all the same: the moment above tells.
     */
    silent: boolean().notNull().default(false),
    /** Counts how often its estimates were made anew: what is kept of an earlier fold is then another run's. */
    pricing: integer().notNull().default(0),
    /**
     * How often cost and tokens doubled: an index on the figures themselves would be written with every model call, and all the
     * other indexes of the row with it.
     */
    costGrade: integer("cost_grade").generatedAlwaysAs(sql`floor(ln((greatest(cost_nanos, 0) + 1)::float8) / ln(2::float8))::int`),
    tokensGrade: integer("tokens_grade").generatedAlwaysAs(sql`floor(ln((greatest(tokens, 0) + 1)::float8) / ln(2::float8))::int`),
    state: json().$type<RowState>(),
  },
  (t) => [
    uniqueIndex("runs_external").on(t.projectId, t.sourceId, t.externalId),
    // By bytes, whatever the collation of the database: it finds beginnings too. All that a search for one needs stands in it.
    index("runs_by_external").on(t.projectId, t.externalId.op("text_pattern_ops"), t.id, t.kind),
    index("runs_listed").on(t.projectId, t.id.desc()).where(sql`kind = 'run'`),
    index("runs_by_status").on(t.projectId, t.status, t.id.desc()).where(sql`kind = 'run'`),
    // Of what goes on; who has ended stands in `ended_runs`. Agent and source tell in the index itself which runs a list leaves out.
    index("runs_open_by_cost").on(t.projectId, t.costGrade, t.id, t.agent, t.sourceId).where(sql`kind = 'run' and ended_at_ms is null`),
    index("runs_by_dialect").on(t.projectId, t.dialect, t.id.desc()),
    index("runs_by_source").on(t.projectId, t.sourceId, t.id.desc()).where(sql`kind = 'run'`),
    index("runs_by_agent").on(t.projectId, t.agent, t.id.desc()).where(sql`kind = 'run'`),
    // The planner takes agent and status for independent: without it, the failures of an agent that never fails were sought in every run.
    index("runs_by_agent_status").on(t.projectId, t.agent, t.status, t.id.desc()).where(sql`kind = 'run'`),
    index("runs_by_session").on(t.projectId, t.sessionId, t.id.desc()).where(sql`kind = 'run' and session_id is not null`),
    // The list of sessions; of no column that changes after a run has begun.
    index("runs_of_sessions").on(t.projectId, t.id.desc()).where(sql`kind = 'run' and session_id is not null`),
    index("runs_open_by_tokens").on(t.projectId, t.tokensGrade, t.id, t.agent, t.sourceId).where(sql`kind = 'run' and ended_at_ms is null`),
    // Of what goes on, who began first has taken longest.
    index("runs_open_by_start").on(t.projectId, t.startedAtMs, t.id, t.agent, t.sourceId).where(sql`kind = 'run' and ended_at_ms is null`),
    // Who goes on, in the order of the list. A run enters when it begins and leaves when it ends; what grows it leaves the index alone.
    index("runs_open").on(t.projectId, t.id.desc(), t.startedAtMs).where(sql`kind = 'run' and ended_at_ms is null`),
    index("runs_by_stall").on(t.projectId, t.stallsHour, t.id.desc()).where(sql`kind = 'run' and stalls_hour is not null`),
    // Who may be moving: thousands that fall silent at once are looked through for an hour where only the hour tells.
    index("runs_heard_of").on(t.projectId, t.stallsHour, t.id).where(sql`kind = 'run' and stalls_hour is not null and not silent`),
    // Covers what alerts count; its columns change when a run ends, so that other updates stay in place.
    index("runs_by_end").on(t.projectId, t.endedAtMs, t.status, t.dialect).where(sql`kind = 'run' and ended_at_ms is not null`),
  ],
);

/**
 * What runs have come to that have ended: their lists are sorted by it. Apart from the run's row, where the figures move with every event,
 * and narrow, so that what is looked through for a page is read in one piece. A trigger keeps it (db/functions/keep-ended-run.sql),
 * whoever writes the row. The status stands behind each key so that a list of failures is found in the index alone.
 */
export const endedRuns = pgTable(
  "ended_runs",
  {
    projectId: uuid("project_id").notNull(),
    runId: uuid("run_id").notNull(),
    sourceId: uuid("source_id").notNull(),
    agent: text(),
    status: text().notNull(),
    /** Never below zero, as they are shown. */
    costNanos: bigint("cost_nanos", { mode: "number" }).notNull(),
    tokens: bigint({ mode: "number" }).notNull(),
    durationMs: bigint("duration_ms", { mode: "number" }),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.runId] }),
    index("ended_runs_by_cost").on(t.projectId, t.costNanos, t.runId, t.status),
    index("ended_runs_by_tokens").on(t.projectId, t.tokens, t.runId, t.status),
    index("ended_runs_by_duration").on(t.projectId, t.durationMs, t.runId, t.status),
    // An agent or a source whose runs are all cheap stands at the end of the list of all: without these it was walked to there.
    index("ended_runs_of_agent_by_cost").on(t.projectId, t.agent, t.costNanos, t.runId, t.status),
    index("ended_runs_of_agent_by_tokens").on(t.projectId, t.agent, t.tokens, t.runId, t.status),
    index("ended_runs_of_agent_by_duration").on(t.projectId, t.agent, t.durationMs, t.runId, t.status),
    index("ended_runs_of_source_by_cost").on(t.projectId, t.sourceId, t.costNanos, t.runId, t.status),
    index("ended_runs_of_source_by_tokens").on(t.projectId, t.sourceId, t.tokens, t.runId, t.status),
    index("ended_runs_of_source_by_duration").on(t.projectId, t.sourceId, t.durationMs, t.runId, t.status),
  ],
);

/**
 * The models that runs are found by, and below the other agents and the names. They are written once or twice in a run's life; as indexes on the run's row they
 * would be written with every change of any other, and these are the indexes that cost most.
 */
export const runModels = pgTable(
  "run_models",
  { projectId: uuid("project_id").notNull(), model: text().notNull(), runId: uuid("run_id").notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.model, t.runId] })],
);

/**
 * Who worked in a run beside the agent that it is named by, which stands in the run's row: most runs have one agent, and none of these.
 * One that stood in the row before may have both.
 */
export const runAgents = pgTable(
  "run_agents",
  { projectId: uuid("project_id").notNull(), agent: text().notNull(), runId: uuid("run_id").notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.agent, t.runId] })],
);

/** Indexed by trigrams too, where the database knows them (db/migrations). */
export const runNames = pgTable(
  "run_names",
  { projectId: uuid("project_id").notNull(), runId: uuid("run_id").notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.projectId, t.runId] })],
);
