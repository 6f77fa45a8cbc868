import { useCallback, useMemo, useState } from "react";
import { fitWindow, panWindow, type TimeWindow, zoomWindow } from "./time-window";

export type WindowControl = {
  readonly window: TimeWindow;
  /** The end of the window that holds the whole run. */
  readonly wholeMs: number;
  readonly fitted: boolean;
  readonly fit: () => void;
  readonly zoomTo: (window: TimeWindow) => void;
  /** `share` = where in the window the fixed point lies, 0..1. */
  readonly zoomBy: (factor: number, share?: number) => void;
  /** By a share of what is in sight. */
  readonly panBy: (share: number) => void;
};

/** The stretch of time in sight: the whole run until the reader zooms, and again after `fit`. */
export function useTimeWindow(lengthMs: number, live: boolean): WindowControl {
  const fitted = fitWindow(lengthMs, live);
  const whole = useMemo<TimeWindow>(() => ({ fromMs: 0, toMs: fitted.toMs }), [fitted.toMs]);
  const [chosen, setChosen] = useState<TimeWindow | null>(null);
  const fit = useCallback(() => setChosen(null), []);
  const zoomTo = useCallback(
    (next: TimeWindow) => setChosen(zoomWindow(next, 1, { atMs: (next.fromMs + next.toMs) / 2, bounds: whole })),
    [whole],
  );
  const zoomBy = useCallback(
    (factor: number, share = 0.5) =>
      setChosen((known) => {
        const now = known ?? whole;
        const next = zoomWindow(now, factor, { atMs: now.fromMs + share * (now.toMs - now.fromMs), bounds: whole });
        return next.toMs - next.fromMs >= whole.toMs - whole.fromMs ? null : next;
      }),
    [whole],
  );
  const panBy = useCallback(
    (share: number) => setChosen((known) => known && panWindow(known, share * (known.toMs - known.fromMs), whole)),
    [whole],
  );
  return { window: chosen ?? whole, wholeMs: whole.toMs, fitted: chosen === null, fit, zoomTo, zoomBy, panBy };
}
