import { FoldHorizontal } from "lucide-react";
import { type CSSProperties, memo } from "react";
import { formatTicking } from "@/lib/core/format/format-duration";
import { foldedTime, type TimeFold } from "@/lib/core/time-folds/fold-time";
import styles from "./timeline.module.css";

type FoldLabelsProps = {
  readonly folds: readonly TimeFold[];
  /** How far the run has come, since its first moment: a fold that goes on reaches there. */
  readonly presentMs: number;
};

function placeOf(folds: readonly TimeFold[], { fromMs, shownMs }: TimeFold): CSSProperties {
  const at = foldedTime(folds, fromMs);
  return { "--s": at, "--e": at + shownMs } as CSSProperties;
}

/** How long each folded wait was, over the axis. */
export function FoldLabels({ folds, presentMs }: FoldLabelsProps) {
  return folds.map((fold) => {
    const ms = (fold.toMs ?? Math.max(fold.fromMs, presentMs)) - fold.fromMs;
    const length = formatTicking(ms);
    return (
      <span
        key={fold.fromMs}
        className={`${styles.foldLabel} figures flex items-center gap-1 rounded-row bg-panel px-1 text-[11px] text-waiting leading-5`}
        style={placeOf(folds, fold)}
        title={`${length} of waiting for a human, folded. Press t to show the true time.`}
      >
        <FoldHorizontal aria-hidden size={11} className="shrink-0" />
        {length}
        <span className="sr-only"> of waiting, folded</span>
      </span>
    );
  });
}

/** Down behind the rows: here the axis is broken. */
export const FoldBands = memo(function FoldBands({ folds }: { readonly folds: readonly TimeFold[] }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-y-0 right-0 left-(--tree) hidden overflow-hidden @[640px]/run-view:block"
    >
      {folds.map((fold) => (
        <span key={fold.fromMs} className={styles.fold} style={placeOf(folds, fold)} />
      ))}
    </div>
  );
});
