import { z } from "zod";
import { RunSummary } from "../api/run";
import { nameText } from "../name-text";
import { budgetActions, budgetScopes, budgetUnits, budgetWindows } from "./words";

const instant = z.iso.datetime();

/** What may be spent before people are told. */
export const NewBudget = z
  .strictObject({
    name: nameText({ max: 100 }),
    scope: z
      .enum(budgetScopes)
      .describe("run: each run on its own; session: each session on its own; agent: what an agent spends in all runs"),
    target: nameText({ max: 200 }).nullable().default(null).describe("agent or session by name; null = each on its own"),
    unit: z.enum(budgetUnits),
    amount: z.number().int().positive().max(900_000_000_000_000).describe("tokens, or nano-dollars; reported and estimated money counts"),
    window: z.enum(budgetWindows).default("total").describe("days and months are UTC"),
    thresholds: z.array(z.number().int().min(1).max(1_000)).min(1).max(5).default([50, 80, 100]).describe("percent"),
    action: z
      .enum(budgetActions)
      .default("notify")
      .describe(
        "beside telling: asked of the runs that it counts, each once: those under way when actionAt is crossed, and those that begin while the window lasts",
      ),
    actionAt: z.number().int().min(1).max(1_000).default(100).describe("percent; one of the thresholds"),
  })
  .refine((budget) => budget.action === "notify" || budget.thresholds.includes(budget.actionAt), {
    path: ["actionAt"],
    message: "What happens at a crossing needs a threshold: actionAt is none of them.",
  })
  .refine((budget) => budget.target === null || ["agent", "session"].includes(budget.scope), {
    path: ["target"],
    message: "Only a budget of an agent or a session has a target.",
  })
  .refine((budget) => budget.scope !== "run" || budget.window === "total", {
    path: ["window"],
    message: "A run's budget holds for the whole run.",
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
  key: z.string().describe("agent, session or run that it is counted for; empty for the project"),
  since: instant.nullable().describe("start of the day or month"),
  spent: z.number().int(),
});
export type BudgetUse = z.infer<typeof BudgetUse>;

export const BudgetCrossing = z.object({
  key: z.string(),
  since: instant.nullable(),
  threshold: z.number().int(),
  spent: z.number().int().describe("after the event that crossed"),
  run: RunSummary.pick({ id: true, name: true }).nullable().describe("the run whose event crossed; null when it is gone"),
  seq: z.number().int().describe("of the event that crossed"),
  at: instant,
  acted: z
    .object({ at: instant, asked: z.number().int(), refused: z.number().int().describe("runs that cannot be controlled") })
    .nullable()
    .describe("what came of the action; null where there was none, or it is under way"),
});
export type BudgetCrossing = z.infer<typeof BudgetCrossing>;

/** What may still be spent before anything can stop it: each agent at work may have the dearest call under way. */
export const BudgetOvershoot = z.object({
  amount: z.number().int().describe("agents x call + more; of a budget for each run, that of the run that may spend most"),
  runs: z.number().int().describe("under way and counted by the budget"),
  agents: z.number().int().describe("that have spent in those runs, at least one in each"),
  call: z
    .number()
    .int()
    .describe("the dearest call of the last hour, nano-dollars or tokens; where an agent made several in a minute, their mean"),
  more: z.number().int().describe("what calls under way may take beyond that by the limit that they told (max_tokens)"),
});
export type BudgetOvershoot = z.infer<typeof BudgetOvershoot>;

/** What an agent's own system says of a budget of its own. */
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
    .describe("told by agents of their own budgets: of the 100 runs that began last within a day, at most 10"),
  budgets: z.array(
    Budget.extend({
      uses: z
        .array(BudgetUse)
        .describe("of the current day, month or all time, the largest first, at most 5; a run's use stands on the run"),
      overshoot: BudgetOvershoot.nullable().describe("null where nothing is under way or no call was seen in the last hour"),
      crossings: z.array(BudgetCrossing).describe("newest first, at most 5"),
    }),
  ),
});
export type BudgetList = z.infer<typeof BudgetList>;
