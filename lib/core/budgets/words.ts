/** Whose spending a budget counts. */
export const budgetScopes = ["run", "agent", "session", "project"] as const;
export type BudgetScope = (typeof budgetScopes)[number];

/** What happens at the crossing, besides telling the run and whoever is notified. */
export const budgetActions = ["notify", "pause", "cancel"] as const;
export type BudgetAction = (typeof budgetActions)[number];

export const budgetUnits = ["dollars", "tokens"] as const;
export type BudgetUnit = (typeof budgetUnits)[number];

export const budgetWindows = ["total", "day", "month"] as const;
export type BudgetWindow = (typeof budgetWindows)[number];
