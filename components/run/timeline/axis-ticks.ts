import { foldedTime, type TimeFold, trueTime } from "@/lib/core/time-folds/fold-time";
import type { TimeWindow } from "./time-window";

/** `atMs` = its place on the axis. */
export type Tick = { readonly atMs: number; readonly label: string };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * day),
];
const spacingPx = 88;
const maxTicks = 64;

const none: readonly TimeFold[] = [];

/** Round moments inside the window, far enough apart for their labels, and none within a fold. */
export function axisTicks(window: TimeWindow, widthPx: number, folds: readonly TimeFold[] = none): readonly Tick[] {
  const length = window.toMs - window.fromMs;
  if (!(length > 0) || !(widthPx > 0)) return [];
  const finest = (length * spacingPx) / widthPx;
  const step = steps.find((candidate) => candidate >= finest) ?? Math.ceil(finest / (365 * day)) * 365 * day;
  const ticks: Tick[] = [];
  for (const { fromMs, toMs } of unfolded(window, folds)) {
    for (let n = Math.ceil(fromMs / step); n * step <= toMs && ticks.length < maxTicks; n++) {
      ticks.push({ atMs: foldedTime(folds, n * step), label: tickLabel(n * step, step) });
    }
  }
  return ticks;
}

/** The stretches of the window, in true time, that are shown as long as they were. */
function unfolded(window: TimeWindow, folds: readonly TimeFold[]): readonly TimeWindow[] {
  const stretches: TimeWindow[] = [];
  let fromMs = trueTime(folds, window.fromMs);
  const toMs = trueTime(folds, window.toMs);
  for (const fold of folds) {
    if (fold.toMs !== null && fold.toMs <= fromMs) continue;
    if (fold.fromMs >= toMs) break;
    stretches.push({ fromMs, toMs: fold.fromMs });
    if (fold.toMs === null) return stretches;
    fromMs = Math.max(fromMs, fold.toMs);
  }
  stretches.push({ fromMs, toMs });
  return stretches;
}

/** As short as the step allows: `0`, `250 ms`, `1.25 s`, `12 s`, `3:05`, `2:03:05`, `1 d 06 h`. */
export function tickLabel(atMs: number, stepMs: number): string {
  if (atMs === 0) return "0";
  if (atMs < second && stepMs < second) return `${atMs} ms`;
  if (atMs < minute) {
    const decimals = stepMs >= second ? 0 : stepMs >= 100 ? 1 : stepMs >= 10 ? 2 : 3;
    return `${(atMs / second).toFixed(decimals)} s`;
  }
  const inDay = atMs % day;
  if (atMs >= day) return `${Math.floor(atMs / day)} d${inDay === 0 ? "" : ` ${two(Math.floor(inDay / hour))} h`}`;
  const clock = `${two(Math.floor((atMs % hour) / minute))}:${two(Math.floor((atMs % minute) / second))}`;
  const fraction = stepMs < second ? `.${String(Math.floor(atMs % second)).padStart(3, "0")}` : "";
  if (atMs < hour) return clock.replace(/^0/, "") + fraction;
  return `${Math.floor(atMs / hour)}:${clock}${fraction}`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}
