import { Money, NoFigure } from "@/components/ui/figures";
import { formatMoney } from "@/lib/core/format/format-money";
import { FigureLines, FigurePopover } from "../header/figure-popover";
import type { SummedUsage } from "./prepare-cost";

type MoneyPopoverProps = { readonly sum: SummedUsage; readonly of: "reported" | "estimated" };

const perTokens = 1_000_000;

/** One sum of money; on press the tokens that it stands for, who says so, and what that makes a million tokens. */
export function MoneyPopover({ sum, of }: MoneyPopoverProps) {
  const nanos = of === "reported" ? sum.reportedNanos : sum.estimatedNanos;
  const all = sum.reportedNanos + sum.estimatedNanos;
  const trigger = <Money nanos={nanos} estimated={of === "estimated"} />;
  const count = (n: number) => (n === 0 ? <NoFigure why="none" /> : n.toLocaleString("en"));
  return (
    <FigurePopover title="Where this figure comes from" trigger={trigger}>
      <FigureLines
        lines={[
          { label: "Input tokens", value: count(sum.input) },
          { label: "Cached read", value: count(sum.cachedRead) },
          { label: "Cached write", value: count(sum.cachedWrite) },
          { label: "Output, with reasoning", value: count(sum.output) },
          { label: "Tokens in all", value: count(sum.total), strong: true },
          {
            label: "Per million tokens, on average",
            value: sum.total > 0 ? formatMoney((all / sum.total) * perTokens) : <NoFigure why="no tokens" />,
          },
          {
            label: `Reported in ${sum.costed.toLocaleString("en")} of ${sum.events.toLocaleString("en")}`,
            value: <Money nanos={sum.reportedNanos} />,
          },
          {
            label: "Estimated by us",
            value: sum.estimatedNanos > 0 ? <Money nanos={sum.estimatedNanos} estimated /> : <NoFigure why="nothing had to be estimated" />,
          },
          { label: "That nobody can price", value: count(sum.unpriced) },
        ]}
      />
      <p className="mt-2 text-faint text-meta">
        Reported is the sender's own figure. Estimated is tokens by class, at a price of your own, else at public list prices, only for
        calls that report no cost.
      </p>
    </FigurePopover>
  );
}
