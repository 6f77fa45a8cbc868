import { Money, NoFigure } from "@/components/ui/figures";
import { unpricedWhy } from "@/lib/core/prices/unpriced-why";
import type { Amount as AmountFigures } from "./pace";

type AmountProps = { readonly of: AmountFigures; readonly none?: string; readonly className?: string };

/** Money of a stretch of time: reported and estimated apart, unpriced as a word, a correction with its sign. */
export function Amount({ of, none = "no cost reported", className }: AmountProps) {
  const { reportedNanos, estimatedNanos, unpriced } = of;
  if (reportedNanos === 0 && estimatedNanos === 0 && unpriced <= 0) return <NoFigure why={none} className={className} />;
  return (
    <span className={className}>
      {reportedNanos !== 0 && <Money nanos={reportedNanos} />}
      {reportedNanos !== 0 && estimatedNanos !== 0 && <span className="text-faint"> + </span>}
      {estimatedNanos !== 0 && <Money nanos={estimatedNanos} estimated />}
      {unpriced > 0 && (
        <span className="whitespace-nowrap text-stalled" title={`${unpriced.toLocaleString("en")} ${unpricedWhy}`}>
          {reportedNanos === 0 && estimatedNanos === 0 ? "unpriced" : " + unpriced"}
        </span>
      )}
    </span>
  );
}
