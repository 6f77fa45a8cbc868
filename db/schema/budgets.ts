import { bigint, index, integer, pgTable, primaryKey, smallint, text, uuid } from "drizzle-orm/pg-core";
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

/** What was counted, per window and per what the budget counts on its own. Runs are not here: their fold knows what they spent. */
export const budgetCounters = pgTable(
  "budget_counters",
  {
    projectId: uuid("project_id").notNull(),
    budgetId: uuid("budget_id").notNull(),
    /** Start of the day or month; 0 = of all time. */
    windowMs: bigint("window_ms", { mode: "number" }).notNull(),
    key: text().notNull(),
    spent: bigint({ mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.budgetId, t.windowMs, t.key] })],
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
