import { Trash2 } from "lucide-react";
import { RelativeTime } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { amountWords, limitWords } from "@/lib/core/budgets/amount-words";
import type { BudgetList } from "@/lib/core/budgets/budget";
import { actedWords, whoseWords } from "./budget-words";

type Listed = BudgetList["budgets"][number];

/** One budget: its largest use as a bar with its thresholds, and its last crossing with the way to the event. */
export function BudgetRow({ budget, onEnd }: { readonly budget: Listed; readonly onEnd: () => void }) {
  const [use] = budget.uses;
  const [crossing] = budget.crossings;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t py-2 last:border-b">
      <div className="min-w-0 flex-1 basis-56">
        <p className="truncate font-medium">
          <SafeText text={budget.name} />
        </p>
        <p className="truncate text-meta text-muted">
          {limitWords(budget)}, <SafeText text={whoseWords(budget)} />, notifies at {budget.thresholds.join(", ")} %
          {budget.action !== "notify" && `, requests ${budget.action} at ${budget.actionAt} %`}
        </p>
        {budget.overshoot && <Overshoot budget={budget} overshoot={budget.overshoot} />}
      </div>
      <div className="w-48 max-md:flex-1">{use ? <Use budget={budget} use={use} /> : <NoUse budget={budget} />}</div>
      <p className="w-56 truncate text-meta text-muted max-md:order-last max-md:w-full">
        {crossing ? (
          <>
            <span className={crossing.threshold >= 100 ? "text-failed" : "text-stalled"}>{crossing.threshold} % crossed</span>{" "}
            <RelativeTime at={crossing.at} />
            {crossing.run && (
              <>
                {" "}
                <Link href={`/runs/${crossing.run.id}?view=events&sel=${crossing.seq}`} className="underline underline-offset-2">
                  by <SafeText text={crossing.run.name} />
                </Link>
              </>
            )}
            {crossing.acted && budget.action !== "notify" && (
              <span className="block truncate">{actedWords(budget.action, crossing.acted)}</span>
            )}
          </>
        ) : (
          "no threshold crossed yet"
        )}
      </p>
      <IconButton label={`Delete ${budget.name}`} needs="admin" onClick={onEnd} className="max-md:ml-auto">
        <Trash2 size={14} />
      </IconButton>
    </li>
  );
}

/** What may still be spent before anything can stop it; the rule stands below the list. */
function Overshoot({ budget, overshoot }: { readonly budget: Listed; readonly overshoot: NonNullable<Listed["overshoot"]> }) {
  const { amount, agents, call, more } = overshoot;
  return (
    <p className="figures truncate text-meta text-muted">
      may overshoot by {amountWords(budget.unit, amount)}: {agents.toLocaleString("en")} {agents === 1 ? "agent" : "agents"} ×{" "}
      {amountWords(budget.unit, call)}
      {more > 0 && ` + ${amountWords(budget.unit, more)} from max_tokens`}
    </p>
  );
}

function NoUse({ budget }: { readonly budget: Listed }) {
  return <span className="text-faint text-meta">{budget.scope === "run" ? "shown on each run" : "nothing counted yet"}</span>;
}

function Use({ budget, use }: { readonly budget: Listed; readonly use: Listed["uses"][number] }) {
  const percent = (use.spent / budget.amount) * 100;
  const tone = percent >= 100 ? "bg-failed" : percent >= (budget.thresholds[0] ?? 100) ? "bg-stalled" : "bg-running";
  const text = `${amountWords(budget.unit, use.spent)} of ${amountWords(budget.unit, budget.amount)}`;
  return (
    <div title={use.key === "" ? text : `${use.key}: ${text}`}>
      <div
        role="progressbar"
        aria-label={`Used of ${budget.name}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.max(0, Math.round(percent)))}
        aria-valuetext={text}
        className="h-2 overflow-hidden rounded-full bg-hover"
      >
        <div className={`h-full rounded-full ${tone}`} style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      </div>
      <p className="figures mt-0.5 truncate text-meta text-muted">
        {text}
        {use.key !== "" && budget.target === null && (
          <>
            , <SafeText text={use.key} />
          </>
        )}
      </p>
    </div>
  );
}
