import { BudgetBar } from "@/components/run/header/budget-bar";
import { Tokens } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { BudgetList } from "@/lib/core/budgets/budget";

/** Budgets that agents' own systems keep, as they tell of them: beside ours, never counted by us. */
export function ReportedBudgets({ reported }: { readonly reported: BudgetList["reported"] }) {
  return (
    <div className="mt-4">
      <h3 className="text-meta text-muted">Budgets agents track themselves, reported in the last day</h3>
      <ul className="mt-1">
        {reported.map(({ run, usedPercent, thresholdPercent, tokensUsed, tokensBudget }) => (
          <li key={run.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-1.5 last:border-b">
            <Link
              href={`/runs/${run.id}`}
              title={run.name}
              className="min-w-0 flex-1 basis-56 truncate underline decoration-line-strong underline-offset-2"
            >
              <SafeText text={run.name.slice(0, 200)} />
            </Link>
            <BudgetBar budget={{ usedPercent, thresholdPercent }} />
            {tokensUsed !== null && tokensBudget !== null && (
              <span className="text-right text-meta text-muted sm:min-w-36">
                <Tokens count={tokensUsed} /> of <Tokens count={tokensBudget} /> tokens
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
