import { Money } from "@/components/ui/figures";
import type { CostLine } from "@/lib/core/api/cost-lines";
import { FigurePopover } from "../header/figure-popover";
import { MoneyLines } from "./money-lines";
import type { SummedUsage } from "./prepare-cost";
import type { MoneyKind } from "./prepare-lines";

/** Where the figures of a table come from. */
export type MoneyOrigin = {
  readonly runId: string;
  /** The event that they are as of. */
  readonly seq: number;
  /** Those of the run's lines that the figure is made of. */
  readonly choose: (lines: readonly CostLine[]) => readonly CostLine[];
};

type MoneyPopoverProps = { readonly sum: SummedUsage; readonly of: MoneyKind; readonly origin: MoneyOrigin };

/** One sum of money; on press what it is made of. */
export function MoneyPopover({ sum, of, origin }: MoneyPopoverProps) {
  const nanos = of === "reported" ? sum.reportedNanos : sum.estimatedNanos;
  return (
    <FigurePopover title="Where this figure comes from" trigger={<Money nanos={nanos} estimated={of === "estimated"} />}>
      <MoneyLines {...{ ...origin, of, nanos }} />
    </FigurePopover>
  );
}
