import { useDeferredValue } from "react";
import { LookBack } from "@/components/ui/look-back";
import { useBudgetPreview } from "@/lib/client/hooks/use-budgets";
import type { NewBudget } from "@/lib/core/budgets/budget";
import { crossedWords, dayWords } from "./budget-words";

/** How often a budget that is being written would have been crossed; a little behind, so that typing stays quick. */
export function BudgetPreview({ budget }: { readonly budget: NewBudget | null }) {
  const asked = useDeferredValue(budget === null ? null : { ...budget, name: "Look back", action: "notify" as const });
  const { data, error, isFetching } = useBudgetPreview(asked);
  const preview = asked === null ? null : (data ?? null);
  const said = preview ? crossedWords(preview, asked?.window ?? "total") : "Enter an amount to see how often it would have been crossed.";
  const most = preview?.thresholds.at(-1)?.threshold;
  const times =
    preview?.times.map(({ threshold, ...time }) => ({
      ...time,
      // Of runs the moment is known at which they began, of all else sums of days.
      ...(asked?.scope === "run" ? {} : { day: dayWords(time.at, preview.to) }),
      word: `${threshold} %`,
      worst: threshold === most,
    })) ?? [];
  return <LookBack said={said} past={preview && { ...preview, times }} error={asked === null ? null : error} stale={isFetching} />;
}
