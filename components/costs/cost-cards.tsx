import { ArrowDownRight, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { NoFigure, Tokens } from "@/components/ui/figures";
import type { CostReport } from "@/lib/core/api/costs";
import { formatMoney } from "@/lib/core/format/format-money";
import { formatShare } from "@/lib/core/format/format-share";
import { formatTokens } from "@/lib/core/format/format-tokens";
import { Amount } from "./amount";
import { spanWord } from "./bucket-words";
import { burnPerHour, change, costPerSuccess, projectedMonth, unpricedShare } from "./pace";

/** The figures that answer first: what was spent, is it more than before, how fast does it go, where does it lead. */
export function CostCards({ report }: { readonly report: CostReport }) {
  const { totals, previous, pace, outcomes } = report;
  const spent = totals.reportedNanos + totals.estimatedNanos;
  const share = unpricedShare(totals);
  const spentBefore = previous.reportedNanos + previous.estimatedNanos;
  const before = spanWord(2 * Date.parse(report.from) - Date.parse(report.to), Date.parse(report.from));
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-box border bg-line lg:grid-cols-4">
      <Card label="Cost" wide>
        <Amount of={totals} className="text-display font-semibold" />
        <Delta part={change(spent, spentBefore)} before={`${formatMoney(spentBefore)}, ${before}`} />
      </Card>
      <Card label="Tokens">
        <Tokens count={Math.max(0, totals.tokens)} className="text-display font-semibold" />
        <Delta part={change(totals.tokens, previous.tokens)} before={`${formatTokens(Math.max(0, previous.tokens))} tokens, ${before}`} />
      </Card>
      <Card label="Cost per success" hint="Everything spent in this period, divided by the runs that started in it and succeeded">
        <PerSuccess report={report} />
        <Note>
          {outcomes.succeeded + outcomes.failed === 0
            ? "no run started in this period has ended"
            : `${outcomes.succeeded.toLocaleString("en")} succeeded, ${outcomes.failed.toLocaleString("en")} failed`}
        </Note>
      </Card>
      <Card label="Burn rate" hint="What the last 15 minutes cost, per hour">
        <Amount of={burnPerHour(pace)} none="no priced usage in the last 15 minutes" className="text-title" />
        <Note>per hour, last 15 min</Note>
      </Card>
      <Card label="Unpriced">
        {share === null ? <NoFigure why="nothing was reported" className="text-title" /> : <Percent part={share} />}
        <Note>
          {totals.unpriced > 0
            ? unpricedWords(totals)
            : totals.reports > 0
              ? "every report has a price"
              : "nothing was reported in this period"}
        </Note>
      </Card>
      <Card
        wide
        label="This month"
        hint="Spent since the first of the month (UTC), and the projected total at the rate of the last 24 hours"
      >
        <Amount of={pace.month} none="nothing was spent this month" className="text-title" />
        <Note>
          <Heading of={projectedMonth(pace)} />
        </Note>
      </Card>
    </dl>
  );
}

function Heading({ of }: { readonly of: ReturnType<typeof projectedMonth> }) {
  if (of.reportedNanos === 0 && of.estimatedNanos === 0 && of.unpriced <= 0) return "no priced usage this month";
  return (
    <>
      heading for <Amount of={of} /> at the rate of the last 24 h
    </>
  );
}

function PerSuccess({ report: { totals, outcomes } }: { readonly report: CostReport }) {
  const each = costPerSuccess(totals, outcomes.succeeded);
  if (each === null) return <NoFigure why="no run started in this period has succeeded" className="text-title" />;
  return <Amount of={each} none="no priced usage" className="text-title" />;
}

type CardProps = { readonly label: string; readonly hint?: string; readonly wide?: boolean; readonly children: ReactNode };

function Card({ label, hint, wide = false, children }: CardProps) {
  return (
    <div className={`flex min-w-0 flex-col bg-panel px-4 py-3 ${wide ? "col-span-2" : ""}`} title={hint}>
      <dt className="text-meta text-muted">{label}</dt>
      <dd className="mt-0.5 flex min-h-7 flex-1 flex-col justify-between gap-0.5">{children}</dd>
    </div>
  );
}

function Note({ children }: { readonly children: ReactNode }) {
  return <span className="text-faint text-meta">{children}</span>;
}

function unpricedWords({ unpriced, reports }: CostReport["totals"]): string {
  const of = `${unpriced.toLocaleString("en")} of ${reports.toLocaleString("en")} ${reports === 1 ? "report" : "reports"}`;
  return `${of} ${unpriced === 1 ? "has" : "have"} tokens but no price`;
}

function Percent({ part }: { readonly part: number }) {
  return <span className={`figures text-title ${part > 0 ? "text-stalled" : ""}`}>{formatShare(part)}</span>;
}

/** Neither colour says good or bad: spending more may be what was wanted. */
function Delta({ part, before }: { readonly part: number | null; readonly before: string }) {
  if (part === null) return <Note>no earlier data</Note>;
  const Icon = part >= 0 ? ArrowUpRight : ArrowDownRight;
  const percent = Math.abs(part * 100);
  return (
    <span title={`Before: ${before}`} className="figures flex items-center gap-0.5 text-meta text-muted">
      <Icon aria-hidden size={13} className="shrink-0" />
      {part >= 0 ? "+" : "−"}
      {percent >= 1_000 ? `${Math.round(percent / 100)} ×` : `${percent.toFixed(percent < 10 ? 1 : 0)} %`} vs previous period
    </span>
  );
}
