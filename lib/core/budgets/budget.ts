import { z } from "zod";
import { RunSummary } from "../api/run";
import { nameText } from "../name-text";
import { budgetActions, budgetScopes, budgetUnits, budgetWindows } from "./words";

const instant = z.iso.datetime();

/** How much may be spent before people are told. */
export const NewBudget = z
  .strictObject({
    name: nameText({ max: 100 }),
    scope: z
      .enum(budgetScopes)
      .describe("run: each run separately; session: each session separately; agent: what an agent spends in all runs"),
    target: nameText({ max: 200 }).nullable().default(null).describe("name of one agent or session; null = each separately"),
    unit: z.enum(budgetUnits),
    amount: z.number().int().positive().max(900_000_000_000_000).describe("tokens or nano-dollars; reported and estimated costs count"),
    window: z.enum(budgetWindows).default("total").describe("days and months are UTC"),
    thresholds: z.array(z.number().int().min(1).max(1_000)).min(1).max(5).default([50, 80, 100]).describe("percent"),
    action: z
      .enum(budgetActions)
      .default("notify")
      .describe(
        "requested once, besides notifying, of each run that the budget counts: those under way when actionAt is crossed, and those that begin in the rest of the window",
      ),
    actionAt: z.number().int().min(1).max(1_000).default(100).describe("percent; one of the thresholds"),
  })
  .refine((budget) => budget.action === "notify" || budget.thresholds.includes(budget.actionAt), {
    path: ["actionAt"],
    message: "actionAt must be one of the thresholds.",
  })
  .refine((budget) => budget.target === null || ["agent", "session"].includes(budget.scope), {
    path: ["target"],
    message: "Only a budget for an agent or a session has a target.",
  })
  .refine((budget) => budget.scope !== "run" || budget.window === "total", {
    path: ["window"],
    message: "A budget for a run covers the whole run: its window must be total.",
  });
export type NewBudget = z.infer<typeof NewBudget>;

export const Budget = z.object({
  id: z.uuid(),
  name: z.string(),
  scope: z.enum(budgetScopes),
  target: z.string().nullable(),
  unit: z.enum(budgetUnits),
  amount: z.number().int(),
  window: z.enum(budgetWindows),
  thresholds: z.array(z.number().int()),
  action: z.enum(budgetActions),
  actionAt: z.number().int(),
  createdAt: instant,
});
export type Budget = z.infer<typeof Budget>;

export const BudgetUse = z.object({
  key: z.string().describe("the agent, session or run; empty for the project"),
  since: instant.nullable().describe("start of the day or month"),
  spent: z.number().int(),
});
export type BudgetUse = z.infer<typeof BudgetUse>;

export const BudgetCrossing = z.object({
  key: z.string(),
  since: instant.nullable(),
  threshold: z.number().int(),
  spent: z.number().int().describe("including the event that crossed"),
  run: RunSummary.pick({ id: true, name: true }).nullable().describe("the run whose event crossed; null if it no longer exists"),
  seq: z.number().int().describe("seq of the event that crossed"),
  at: instant,
  acted: z
    .object({ at: instant, asked: z.number().int(), refused: z.number().int().describe("runs that cannot be controlled") })
    .nullable()
    .describe("result of the action; null if there was none or it is under way"),
});
export type BudgetCrossing = z.infer<typeof BudgetCrossing>;

/** How much may still be spent before anything can stop it: each active agent may have its most expensive call in flight. */
export const BudgetOvershoot = z.object({
  amount: z.number().int().describe("agents x call + more; for a budget per run, that of the run that may spend the most"),
  runs: z.number().int().describe("runs under way that the budget counts"),
  agents: z.number().int().describe("agents that have spent in those runs, at least one in each"),
  call: z
    .number()
    .int()
    .describe(
      "the most expensive call of the last hour, in nano-dollars or tokens; several calls of an agent in one minute count as their mean",
    ),
  more: z.number().int().describe("what calls under way may use beyond that, by their reported limit (max_tokens)"),
});
export type BudgetOvershoot = z.infer<typeof BudgetOvershoot>;

/** What an agent's own system reports about its own budget. */
const ReportedBudget = z.object({
  run: RunSummary.pick({ id: true, name: true }),
  usedPercent: z.number(),
  thresholdPercent: z.number().nullable(),
  tokensUsed: z.number().nullable(),
  tokensBudget: z.number().nullable(),
});

export const BudgetList = z.object({
  reported: z
    .array(ReportedBudget)
    .describe("budgets that the agents' own systems report: from the newest 100 runs of the last day, at most 10"),
  budgets: z.array(
    Budget.extend({
      uses: z
        .array(BudgetUse)
        .describe("in the current day, month or all time, largest first, at most 5; a run's use is on the run itself"),
      overshoot: BudgetOvershoot.nullable().describe("null if no run is under way or no call was seen in the last hour"),
      crossings: z.array(BudgetCrossing).describe("newest first, at most 5"),
    }),
  ),
});
export type BudgetList = z.infer<typeof BudgetList>;
