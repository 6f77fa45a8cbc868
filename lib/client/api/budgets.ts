import type { Budget, BudgetList, NewBudget } from "@/lib/core/budgets/budget";
import type { BudgetPreview } from "@/lib/core/budgets/preview";
import { request } from "./request";

export function readBudgets(signal?: AbortSignal): Promise<BudgetList> {
  return request<BudgetList>("/api/budgets", { signal });
}

export function createBudget(budget: NewBudget): Promise<Budget> {
  return request<Budget>("/api/budgets", { method: "POST", body: budget });
}

export function previewBudget(budget: NewBudget, signal?: AbortSignal): Promise<BudgetPreview> {
  return request<BudgetPreview>("/api/budgets/preview", { method: "POST", body: budget, signal });
}

export function deleteBudget(id: string): Promise<void> {
  return request<void>(`/api/budgets/${encodeURIComponent(id)}`, { method: "DELETE" });
}
