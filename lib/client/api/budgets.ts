import type { Budget, BudgetList, NewBudget } from "@/lib/core/budgets/budget";
import { request } from "./request";

export function readBudgets(signal?: AbortSignal): Promise<BudgetList> {
  return request<BudgetList>("/api/budgets", { signal });
}

export function createBudget(budget: NewBudget): Promise<Budget> {
  return request<Budget>("/api/budgets", { method: "POST", body: budget });
}

export function deleteBudget(id: string): Promise<void> {
  return request<void>(`/api/budgets/${encodeURIComponent(id)}`, { method: "DELETE" });
}
