import { useState } from "react";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import type { Span } from "@/lib/core/run/timeline-state";
import { chooseFolds } from "@/lib/core/time-folds/choose-folds";
import type { TimeFold } from "@/lib/core/time-folds/fold-time";
import { idleWaits } from "@/lib/core/time-folds/idle-waits";
import { useRemembered } from "../page/remembered";

/** What the axis is made for: all of the run that is here, as it is now, whatever moment of it is shown. */
type Axis = {
  readonly spans: readonly Span[];
  readonly originMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly live: boolean;
};

export type Folding = {
  /** Since the run's first moment; none in true time. */
  readonly folds: readonly TimeFold[];
  /** How many there are to fold, and what they take together. */
  readonly count: number;
  readonly foldedMs: number;
  readonly isTrueTime: boolean;
  readonly toggle: () => void;
};

const none: readonly TimeFold[] = [];

/** The long waits that the axis shows as breaks, until the reader asks for the true time; that is remembered. */
export function useTimeFolds(axis: Axis): Folding {
  const folds = useFolds(axis);
  const [trueTime, remember] = useRemembered("true-time");
  const isTrueTime = trueTime === "yes";
  const toggle = () => remember(isTrueTime ? "no" : "yes");
  useShortcuts("Timeline", [{ keys: "t", label: "Fold long waits, or show the true time", run: toggle }], folds.length > 0);
  const endMs = axis.toMs - axis.originMs;
  const foldedMs = folds.reduce((sum, { fromMs, toMs }) => sum + (toMs ?? endMs) - fromMs, 0);
  return { folds: isTrueTime ? none : folds, count: folds.length, foldedMs, isTrueTime, toggle };
}

/** Looked for anew when the run has an end, or once a tick; the same folds stay the same array, so that no row is drawn again. */
function useFolds(axis: Axis): readonly TimeFold[] {
  const find = () => chooseFolds(idleWaits(axis.spans, axis, axis.live), axis);
  const [known, setKnown] = useState(() => ({ axis, folds: find() }));
  const { spans, originMs, fromMs, toMs, live } = known.axis;
  const isSame = live === axis.live && originMs === axis.originMs && fromMs === axis.fromMs && toMs === axis.toMs;
  if (isSame && (live || spans === axis.spans)) return known.folds;
  const found = find();
  const folds = sameFolds(found, known.folds) ? known.folds : found;
  setKnown({ axis, folds });
  return folds;
}

function sameFolds(a: readonly TimeFold[], b: readonly TimeFold[]): boolean {
  return (
    a.length === b.length &&
    a.every((fold, i) => fold.fromMs === b[i]?.fromMs && fold.toMs === b[i]?.toMs && fold.shownMs === b[i]?.shownMs)
  );
}
