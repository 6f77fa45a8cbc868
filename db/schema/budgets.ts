import { bigint, index, integer, numeric, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { budgetActions, budgetScopes, budgetUnits, budgetWindows } from "@/lib/core/budgets/words";

export const budgets = pgTable(
  "budgets",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    scope: text({ enum: budgetScopes }).notNull(),
    /** Null = each agent or session separately. */
    target: text(),
    unit: text({ enum: budgetUnits }).notNull(),
    /** Tokens, or nano-dollars. */
    amount: bigint({ mode: "number" }).notNull(),
    window: text({ enum: budgetWindows }).notNull(),
    /** Percent, ascending. */
    thresholds: smallint().array().notNull(),
    /** Requested of the runs it counts when this percentage is reached. */
    action: text({ enum: budgetActions }).notNull().default("notify"),
    actionAt: smallint("action_at").notNull().default(100),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] })],
);

/**
 * Spending per window and per agent, session or project, since a budget first looked at it. Budgets that count the same thing share
 * a row: a hundred of them would otherwise be a hundred hot rows in each append. Runs are not here: their fold knows what they
 * spent.
 */
export const budgetCounts = pgTable(
  "budget_counts",
  {
    projectId: uuid("project_id").notNull(),
    scope: text({ enum: budgetScopes }).notNull(),
    window: text({ enum: budgetWindows }).notNull(),
    /** Start of the day or month; 0 = all time. */
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    tokens: numeric({ precision: 38, scale: 0 }).notNull(),
    nanos: numeric({ precision: 38, scale: 0 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.scope, t.window, t.windowMs, t.key] })],
);

/** What a count held when a budget was created, in the budget's unit: the budget counts from there. No row = nothing. Never changes. */
export const budgetBaselines = pgTable(
  "budget_baselines",
  {
    projectId: uuid("project_id").notNull(),
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    budgetId: uuid("budget_id").notNull(),
    counted: numeric({ precision: 38, scale: 0 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.windowMs, t.key, t.budgetId] })],
);

/** The primary key ensures that a threshold is crossed only once. */
export const budgetCrossings = pgTable(
  "budget_crossings",
  {
    projectId: uuid("project_id").notNull(),
    budgetId: uuid("budget_id").notNull(),
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    threshold: smallint().notNull(),
    spent: bigint({ mode: "number" }).notNull(),
    runId: uuid("run_id").notNull(),
    /** Seq of the event that crossed it. */
    seq: bigint({ mode: "number" }).notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    /** When the budget's action was requested of the runs, how many were asked, and how many could not be. */
    actedAtMs: bigint("acted_at_ms", { mode: "number" }),
    asked: integer(),
    refused: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.budgetId, t.windowMs, t.key, t.threshold] }),
    index("budget_crossings_newest").on(t.projectId, t.budgetId, t.atMs),
  ],
);

/** The runs that a crossing has asked to pause or stop, each once, including runs that began after it. */
export const budgetAsks = pgTable(
  "budget_asks",
  {
    projectId: uuid("project_id").notNull(),
    budgetId: uuid("budget_id").notNull(),
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    threshold: smallint().notNull(),
    runId: uuid("run_id").notNull(),
    /** Why it could not be asked; null = it was asked. */
    refusal: text(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.budgetId, t.windowMs, t.key, t.threshold, t.runId] }), index("budget_asks_age").on(t.atMs)],
);
