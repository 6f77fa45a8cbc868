import { Money } from "@/components/ui/figures";
import type { CostFigure } from "./prepare-cost";

/** Whose figure it is. */
export const scopeWords: Record<CostFigure["scope"], string> = {
  run: "The run's own total",
  calls: "Sum of its model calls",
  agents: "Its agents' own totals",
};

/** By how much a figure of the sender is off the run's own total; nothing where they agree or nothing can be said. */
export function CostDifference({ nanos }: { readonly nanos: number | null }) {
  if (nanos === null || nanos === 0) return null;
  return (
    <span className="ml-1.5 text-meta text-stalled" title="compared with the run's own total">
      {nanos > 0 ? "+" : "−"}
      <Money nanos={Math.abs(nanos)} />
    </span>
  );
}
