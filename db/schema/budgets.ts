import { bigint, index, integer, numeric, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
import { budgetActions, budgetScopes, budgetUnits, budgetWindows } from "@/lib/core/budgets/words";

export const budgets = pgTable(
  "budgets",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    name: text().notNull(),
    scope: text({ enum: budgetScopes }).notNull(),
    /** Null = each agent or session on its own. */
    target: text(),
    unit: text({ enum: budgetUnits }).notNull(),
    /** Tokens, or nano-dollars. */
    amount: bigint({ mode: "number" }).notNull(),
    window: text({ enum: budgetWindows }).notNull(),
    /** Percent, ascending. */
    thresholds: smallint().array().notNull(),
    /** Asked of the runs that it counts when this many percent are reached. */
    action: text({ enum: budgetActions }).notNull().default("notify"),
    actionAt: smallint("action_at").notNull().default(100),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] })],
);

/**
 * What was spent, per window and per agent, session or project, since a budget first looked at it. Budgets that count the same share
 * a row: a hundred of them would else be a hundred hot rows in each append. Runs are not here: their fold knows what they spent.
 */
export const budgetCounts = pgTable(
  "budget_counts",
  {
    projectId: uuid("project_id").notNull(),
    scope: text({ enum: budgetScopes }).notNull(),
    window: text({ enum: budgetWindows }).notNull(),
    /** Start of the day or month; 0 = of all time. */
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    tokens: numeric({ precision: 38, scale: 0 }).notNull(),
    nanos: numeric({ precision: 38, scale: 0 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.scope, t.window, t.windowMs, t.key] })],
);

/** What a count held when a budget was made, in the budget's unit: the budget counts from there. No row = nothing. Never changes. */
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

/** Its key is why a threshold is crossed once. */
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
    /** Of the event that crossed. */
    seq: bigint({ mode: "number" }).notNull(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
    /** When its budget's action was asked of the runs; how many were asked, and how many could not be. */
    actedAtMs: bigint("acted_at_ms", { mode: "number" }),
    asked: integer(),
    refused: integer(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.budgetId, t.windowMs, t.key, t.threshold] }),
    index("budget_crossings_newest").on(t.projectId, t.budgetId, t.atMs),
  ],
);

/** Which runs a crossing has asked to pause or stop: each once, also one that began after it. */
export const budgetAsks = pgTable(
  "budget_asks",
  {
    projectId: uuid("project_id").notNull(),
    budgetId: uuid("budget_id").notNull(),
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    threshold: smallint().notNull(),
    runId: uuid("run_id").notNull(),
    /** Why it could not be asked; null = it was. */
    refusal: text(),
    atMs: bigint("at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.budgetId, t.windowMs, t.key, t.threshold, t.runId] }), index("budget_asks_age").on(t.atMs)],
);
