import { type RefObject, useEffect, useRef } from "react";
import { foldedTime, type TimeFold } from "@/lib/core/time-folds/fold-time";

export type GrowingBars = {
  /** The run's present at its latest tick, and how often it ticks. */
  readonly nowMs: number;
  readonly tickMs: number;
  readonly originMs: number;
  readonly folds: readonly TimeFold[];
  readonly windowMs: number;
  readonly ticking: boolean;
};

/** Bars are moved when they would grow by at least this much. */
const noticeablePx = 0.5;

/**
 * Keeps `--now` of the grid at the run's present, between two ticks by the browser's frame clock: open bars grow without a render.
 * Under reduced motion they grow once a tick.
 */
export function useGrowingBars(grid: RefObject<HTMLElement | null>, bars: GrowingBars): void {
  const latest = useRef({ ...bars, atMs: 0 });
  useEffect(() => {
    const atMs = latest.current.nowMs === bars.nowMs && latest.current.atMs > 0 ? latest.current.atMs : performance.now();
    latest.current = { ...bars, atMs };
  });
  const { ticking } = bars;
  useEffect(() => {
    if (!ticking) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)");
    let drawnMs = Number.NEGATIVE_INFINITY;
    let frame = requestAnimationFrame(function draw() {
      frame = requestAnimationFrame(draw);
      const { nowMs, tickMs, originMs, folds, windowMs, atMs } = latest.current;
      const element = grid.current;
      if (!element || nowMs === 0) return;
      const sinceTickMs = calm.matches ? 0 : Math.min(2 * tickMs, performance.now() - atMs);
      const presentMs = foldedTime(folds, Math.max(0, nowMs + sinceTickMs - originMs));
      if ((Math.abs(presentMs - drawnMs) * element.clientWidth) / windowMs < noticeablePx) return;
      drawnMs = presentMs;
      element.style.setProperty("--now", String(Math.round(presentMs)));
    });
    return () => cancelAnimationFrame(frame);
  }, [grid, ticking]);
}
