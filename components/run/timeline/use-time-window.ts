import { createParser, useQueryState } from "nuqs";
import { useCallback, useMemo } from "react";
import { foldedTime, type TimeFold, trueTime } from "@/lib/core/time-folds/fold-time";
import { fitWindow, panWindow, parseWindow, type TimeWindow, windowText, windowWithin, zoomWindow } from "./time-window";

export type WindowControl = {
  readonly window: TimeWindow;
  /** The window that holds the whole run, or all of it that is here. */
  readonly whole: TimeWindow;
  readonly fitted: boolean;
  readonly fit: () => void;
  readonly zoomTo: (window: TimeWindow) => void;
  /** `share` = where in the window the fixed point lies, 0..1. */
  readonly zoomBy: (factor: number, share?: number) => void;
  /** By a share of what is in sight. */
  readonly panBy: (share: number) => void;
};

const zoomParam = createParser({
  parse: parseWindow,
  serialize: windowText,
  eq: (a, b) => a.fromMs === b.fromMs && a.toMs === b.toMs,
}).withOptions({ throttleMs: 300 });

type Change = TimeWindow | null | ((known: TimeWindow | null) => TimeWindow | null);

/**
 * Kept in whole milliseconds of the true time, as the address writes them: whoever opens it sees the same to the pixel, with or
 * without folds.
 */
function useKept(folds: readonly TimeFold[]) {
  const [kept, setState] = useQueryState("zoom", zoomParam);
  const setKept = useCallback(
    (change: Change) =>
      setState((known) => {
        const next = typeof change === "function" ? change(known && mapped(known, (ms) => foldedTime(folds, ms))) : change;
        return next && parseWindow(windowText(mapped(next, (ms) => trueTime(folds, ms))));
      }),
    [setState, folds],
  );
  return [useMemo(() => kept && mapped(kept, (ms) => foldedTime(folds, ms)), [kept, folds]), setKept] as const;
}

function mapped({ fromMs, toMs }: TimeWindow, map: (ms: number) => number): TimeWindow {
  return { fromMs: map(fromMs), toMs: map(toMs) };
}

type Length = {
  /** Places on the axis, as the window itself. */
  readonly fromMs: number;
  readonly endMs: number;
  /** The share that is left free behind the end. */
  readonly room: number;
  readonly folds: readonly TimeFold[];
};

/** The stretch of time in sight: all from `fromMs` on until the reader zooms, and again after `fit`. It is in the URL. */
export function useTimeWindow({ fromMs, endMs, room, folds }: Length, live: boolean): WindowControl {
  const { toMs } = fitWindow(endMs, live, { fromMs, room });
  const whole = useMemo<TimeWindow>(() => ({ fromMs, toMs }), [fromMs, toMs]);
  const [kept, setKept] = useKept(folds);
  const chosen = useMemo(() => kept && windowWithin(kept, whole), [kept, whole]);
  const fit = useCallback(() => void setKept(null), [setKept]);
  const zoomTo = useCallback((next: TimeWindow) => void setKept(windowWithin(next, whole)), [setKept, whole]);
  const zoomBy = useCallback(
    (factor: number, share = 0.5) =>
      void setKept((known) => {
        const now = (known && windowWithin(known, whole)) ?? whole;
        const next = zoomWindow(now, factor, { atMs: now.fromMs + share * (now.toMs - now.fromMs), bounds: whole });
        return next.toMs - next.fromMs >= whole.toMs - whole.fromMs ? null : next;
      }),
    [setKept, whole],
  );
  const panBy = useCallback(
    (share: number) => void setKept((known) => known && panWindow(known, share * (known.toMs - known.fromMs), whole)),
    [setKept, whole],
  );
  return { window: chosen ?? whole, whole, fitted: chosen === null, fit, zoomTo, zoomBy, panBy };
}
