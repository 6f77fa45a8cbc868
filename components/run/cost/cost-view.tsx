import { CircleDollarSign } from "lucide-react";
import { useMemo } from "react";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { Money, NoFigure } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import { useUsageTrail } from "@/lib/client/hooks/use-usage-trail";
import type { CostLine } from "@/lib/core/api/cost-lines";
import type { Cost } from "@/lib/core/api/run";
import { formatShare } from "@/lib/core/format/format-share";
import type { RunState } from "@/lib/core/run/state";
import { CostDifference, scopeWords } from "./cost-difference";
import { CostOverTime, type CostOverTimeProps } from "./cost-over-time";
import { type MoneyOrigin, MoneyPopover } from "./money-popover";
import { type CostTable, prepareCost, reportedFigures, type SummedUsage } from "./prepare-cost";
import { linesOfRows } from "./prepare-lines";

type CostViewProps = Pick<CostOverTimeProps, "originMs" | "group" | "measure" | "onGroup" | "onMeasure"> & {
  readonly runId: string;
  readonly state: Pick<RunState, "usage" | "lifecycle">;
  readonly cost: Cost;
  /** Nothing more comes. */
  readonly over: boolean;
};

/** What was used and paid, over time, by model and by agent, in the sender's figures and our estimates beside them. */
export function CostView({ runId, state, cost, over, ...chart }: CostViewProps) {
  const { usage } = state;
  const { lastSeq, lastEventAtMs } = state.lifecycle;
  const trail = useUsageTrail(runId);
  const now = useMemo(() => ({ seq: lastSeq, atMs: lastEventAtMs ?? 0, usage }), [lastSeq, lastEventAtMs, usage]);
  const models = useMemo(() => prepareCost(usage.byModel), [usage.byModel]);
  const agents = useMemo(() => prepareCost(usage.byAgent), [usage.byAgent]);
  const originOf = (table: CostTable, by: "model" | "agent") => (rows: CostTable["rows"]) => ({
    ...{ runId, seq: lastSeq },
    choose: (lines: readonly CostLine[]) => linesOfRows(lines, { rows, of: table.rows, by }),
  });
  if (models.rows.length === 0 && agents.rows.length === 0) {
    if (usage.run)
      return (
        <EmptyState icon={CircleDollarSign} title="Only a total was reported">
          The run reported its own total, but no model call or agent reported its part.
        </EmptyState>
      );
    return (
      <EmptyState icon={CircleDollarSign} title={over ? "This run reported no tokens or money" : "No tokens or money reported yet"}>
        {over ? "What it did send is under Events." : "A table by model and by agent appears here with the first event that carries usage."}
      </EmptyState>
    );
  }
  return (
    <div data-place="cost" className="h-full overflow-auto overscroll-contain px-3 pb-4">
      <Compared cost={cost} />
      <CostOverTime {...chart} trail={trail} now={now} />
      <UsageTable title="By model" first="Model" counted="Calls" table={models} origin={originOf(models, "model")} />
      <UsageTable
        title="By agent"
        origin={originOf(agents, "agent")}
        first="Agent"
        counted="Reports"
        table={agents}
        note="The sum of an agent's calls if they report, else the total the agent reports when it ends."
      />
    </div>
  );
}

/** The sender's figures for the same money beside each other: a difference is shown, nothing is added. */
function Compared({ cost }: { readonly cost: Cost }) {
  const figures = reportedFigures(cost).filter(({ nanos }) => nanos !== null);
  if (figures.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 pt-3">
      {figures.map(({ scope, nanos, differsBy }) => (
        <div key={scope}>
          <dt className="text-faint text-meta">{scopeWords[scope]}</dt>
          <dd className="text-title">
            <Money nanos={nanos ?? 0} />
            <CostDifference nanos={differsBy} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type UsageTableProps = {
  readonly title: string;
  readonly first: string;
  readonly counted: string;
  readonly table: CostTable;
  /** Where the sum of these of its rows comes from. */
  readonly origin: (rows: CostTable["rows"]) => MoneyOrigin;
  readonly note?: string;
};

function UsageTable({ title, first, counted, table, origin, note }: UsageTableProps) {
  if (table.rows.length === 0) return null;
  return (
    <section className="pt-4">
      <h2 className="font-medium">{title}</h2>
      {note && <p className="text-faint text-meta">{note}</p>}
      <div className="mt-1.5 overflow-x-auto">
        <table className="w-full min-w-[44rem] border-collapse text-right">
          <thead className="text-faint text-meta">
            <tr className="h-7 border-b [&>th]:pl-4 [&>th]:font-normal">
              <th className="pl-0! text-left">{first}</th>
              <th>{counted}</th>
              <th>Reported</th>
              <th>Estimated</th>
              <th className="w-26">Share</th>
              <th>Input</th>
              <th>Cached read</th>
              <th>Cached write</th>
              <th>Output</th>
              <th>Reasoning</th>
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <UsageLine key={row.key} label={<UsedBy name={row.key} />} sum={row.sum} share={row.share} origin={origin([row])} />
            ))}
          </tbody>
          {table.rows.length > 1 && (
            <tfoot className="border-t-2 font-medium">
              <UsageLine label="All" sum={table.total} share={null} origin={origin(table.rows)} />
            </tfoot>
          )}
        </table>
      </div>
    </section>
  );
}

function UsedBy({ name }: { readonly name: string }) {
  return (
    <span title={name === "" ? undefined : name}>
      <SafeText text={name === "" ? "(not named)" : name.slice(0, 200)} />
    </span>
  );
}

type UsageLineProps = {
  readonly label: React.ReactNode;
  readonly sum: SummedUsage;
  readonly share: number | null;
  readonly origin: MoneyOrigin;
};

function UsageLine({ label, sum, share, origin }: UsageLineProps) {
  return (
    <tr className="h-(--row) border-b hover:bg-hover [&>td]:pl-4">
      <td className="max-w-64 truncate pl-0! text-left">{label}</td>
      <Count n={sum.events} />
      <td>{sum.costed > 0 ? <MoneyPopover of="reported" {...{ sum, origin }} /> : <NoFigure why="not reported" />}</td>
      <td>
        {sum.estimatedNanos > 0 && <MoneyPopover of="estimated" {...{ sum, origin }} />}
        {sum.unpriced > 0 && (
          <span className="ml-1 text-stalled" title={`${sum.unpriced.toLocaleString("en")} with tokens that could not be priced`}>
            unpriced
          </span>
        )}
        {sum.estimatedNanos === 0 && sum.unpriced === 0 && <NoFigure why="nothing estimated" />}
      </td>
      <td>{share === null ? null : <Share share={share} />}</td>
      <Count n={sum.input} />
      <Count n={sum.cachedRead} />
      <Count n={sum.cachedWrite} />
      <Count n={sum.output} />
      <Count n={sum.reasoning} />
    </tr>
  );
}

function Count({ n }: { readonly n: number }) {
  return <td className={classNames("figures", n === 0 && "text-faint")}>{n === 0 ? "–" : n.toLocaleString("en")}</td>;
}

function Share({ share }: { readonly share: number }) {
  return (
    <span className="inline-flex w-full items-center justify-end gap-2">
      <span aria-hidden className="h-1.5 w-10 overflow-hidden rounded-full bg-hover">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="figures w-11 whitespace-nowrap">{formatShare(share)}</span>
    </span>
  );
}
