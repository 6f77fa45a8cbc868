import { Money, NoFigure, RunCost } from "@/components/ui/figures";
import type { CostLine } from "@/lib/core/api/cost-lines";
import type { RunSummary } from "@/lib/core/api/run";
import { CostDifference, scopeWords } from "../cost/cost-difference";
import { MoneyLines } from "../cost/money-lines";
import { type CostFigure as ReportedFigure, reportedFigures } from "../cost/prepare-cost";
import { FigureLines, FigurePopover } from "./figure-popover";

const shown = (lines: readonly CostLine[]) => lines.filter((line) => line.shown);

/** What the run cost; on press what was reported by whom, what is our estimate and how it comes about, and what has no price. */
export function CostFigure({ run: { id, lastSeq, cost } }: { readonly run: Pick<RunSummary, "id" | "lastSeq" | "cost"> }) {
  const figures = reportedFigures(cost);
  if (cost.estimatedNanos === 0 && cost.unpricedCalls === 0 && figures.every(({ nanos }) => nanos === null)) {
    return <span className="text-faint">no cost reported</span>;
  }
  return (
    <FigurePopover title="Where this figure comes from" trigger={<RunCost cost={cost} />}>
      <ReportedLines figures={figures} />
      <div className="mt-2 border-t pt-2">
        <FigureLines
          lines={[
            {
              label: "Estimated",
              value: cost.estimatedNanos > 0 ? <Money nanos={cost.estimatedNanos} estimated /> : <NoFigure why="nothing estimated" />,
            },
            {
              label: "Unpriced",
              value:
                cost.unpricedCalls > 0 ? (
                  <span className="text-stalled">
                    {cost.unpricedCalls.toLocaleString("en")} {cost.unpricedCalls === 1 ? "call" : "calls"}
                  </span>
                ) : (
                  <NoFigure why="no unpriced calls" />
                ),
            },
          ]}
        />
        {(cost.estimatedNanos > 0 || cost.unpricedCalls > 0) && (
          <div className="mt-2 border-t pt-1">
            <MoneyLines of="estimated" runId={id} seq={lastSeq} nanos={cost.estimatedNanos} choose={shown} />
          </div>
        )}
      </div>
      <p className="mt-2 text-faint text-meta">
        The reported figures come from the sender and cover the same money: they are compared, never added. Estimated: calls that report
        tokens without a cost, at your custom price or else at list price. Unpriced: no model, no known price for it, or no token split.
      </p>
    </FigurePopover>
  );
}

function ReportedLines({ figures }: { readonly figures: readonly ReportedFigure[] }) {
  return (
    <FigureLines
      lines={figures.map(({ scope, nanos, differsBy }) => ({
        label: scopeWords[scope],
        value:
          nanos === null ? (
            <NoFigure why="not reported" />
          ) : (
            <>
              <Money nanos={nanos} />
              <CostDifference nanos={differsBy} />
            </>
          ),
      }))}
    />
  );
}
