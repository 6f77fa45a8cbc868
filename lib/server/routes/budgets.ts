import { Budget, BudgetList, NewBudget } from "@/lib/core/budgets/budget";
import { BudgetPreview } from "@/lib/core/budgets/preview";
import { aboutBudget } from "../audit/about";
import { createBudget } from "../budgets/create-budget";
import { deleteBudget } from "../budgets/delete-budget";
import { listBudgets } from "../budgets/list-budgets";
import { previewBudget } from "../budgets/preview-budget";
import { bodyOf } from "../http/body-of";
import { json } from "../http/call";
import type { Route } from "../http/route";

const list: Route = {
  method: "GET",
  path: "/api/budgets",
  scope: "read",
  doc: { summary: "Budgets, with their use and the thresholds that were crossed", reply: BudgetList },
  run: async ({ principal }) => json(200, await listBudgets(principal.projectId)),
};

const create: Route = {
  method: "POST",
  path: "/api/budgets",
  scope: "admin",
  audit: { action: "budget.create", about: aboutBudget },
  doc: {
    summary: "Creates a budget; it counts what is reported from now on",
    body: NewBudget,
    reply: Budget,
    status: 201,
    refusals: ["conflict"],
  },
  run: async (call) => json(201, await createBudget(call.principal.projectId, await bodyOf(call, NewBudget))),
};

const preview: Route = {
  method: "POST",
  path: "/api/budgets/preview",
  scope: "read",
  doc: {
    summary:
      "How often a budget would have been crossed in the last 30 days; a monthly budget in the last twelve months, or three for sessions",
    body: NewBudget,
    reply: BudgetPreview,
    refusals: ["too_large"],
  },
  run: async (call) => json(200, await previewBudget(call.principal.projectId, await bodyOf(call, NewBudget))),
};

const end: Route = {
  method: "DELETE",
  path: "/api/budgets/:budget",
  scope: "admin",
  audit: { action: "budget.delete" },
  doc: { summary: "Deletes a budget" },
  run: async ({ principal, params }) => {
    await deleteBudget(principal.projectId, params.budget as string);
    return { kind: "full", status: 204, body: null };
  },
};

export const budgetRoutes: readonly Route[] = [list, create, preview, end];
