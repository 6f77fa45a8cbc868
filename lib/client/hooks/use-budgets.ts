import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NewBudget } from "@/lib/core/budgets/budget";
import { createBudget, deleteBudget } from "../api/budgets";
import { costQueries } from "../queries/costs";

/** The budgets with what is used of each; read again with the figures of the page, both ways to change them beside. */
export function useBudgets() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(costQueries.budgets());
  return {
    list: useQuery(costQueries.budgets()),
    create: useMutation({ mutationFn: createBudget, onSuccess: refresh }),
    remove: useMutation({ mutationFn: deleteBudget, onSuccess: refresh }),
  };
}

/** How often a budget would have been crossed; nothing is asked of one that is not whole. */
export function useBudgetPreview(budget: NewBudget | null) {
  return useQuery(costQueries.budgetPreview(budget));
}
