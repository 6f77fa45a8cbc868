/** The stretch of a run that the waterfall shows, in milliseconds since the run's first moment. */
export type TimeWindow = { readonly fromMs: number; readonly toMs: number };

export const minWindowMs = 20;
const liveStep = 1.25;
const liveStartMs = 10_000;
const zoomedOutBy = 1.05;

type Fit = {
  readonly fromMs?: number;
  /** The share of the window that is left free behind the end, 0..0.5: a bar's figure stands there. */
  readonly room?: number;
};

/**
 * The window that holds the whole run, or what of it begins at `fromMs`. While the run lives it grows in steps of a quarter, so
 * that bars stand still between two steps instead of shrinking all the time.
 */
export function fitWindow(endMs: number, live: boolean, { fromMs = 0, room = 0 }: Fit = {}): TimeWindow {
  const lengthMs = ((endMs - fromMs) * 1.02) / (1 - Math.max(0, Math.min(0.5, room)));
  if (!live) return { fromMs, toMs: fromMs + Math.max(minWindowMs, lengthMs) };
  let fitMs = liveStartMs;
  if (lengthMs > fitMs) fitMs = liveStartMs * liveStep ** Math.ceil(Math.log(lengthMs / liveStartMs) / Math.log(liveStep));
  return { fromMs, toMs: fromMs + fitMs };
}

/** Zooms by `factor` (> 1 = closer) so that the moment under the pointer stays under the pointer. */
export function zoomWindow(window: TimeWindow, factor: number, around: { readonly atMs: number; readonly bounds: TimeWindow }): TimeWindow {
  const { atMs, bounds } = around;
  const length = window.toMs - window.fromMs;
  const longest = (bounds.toMs - bounds.fromMs) * zoomedOutBy;
  const next = Math.min(longest, Math.max(minWindowMs, length / factor));
  const share = length === 0 ? 0.5 : (atMs - window.fromMs) / length;
  return keepInside({ fromMs: atMs - share * next, toMs: atMs + (1 - share) * next }, bounds);
}

export function panWindow(window: TimeWindow, byMs: number, bounds: TimeWindow): TimeWindow {
  return keepInside({ fromMs: window.fromMs + byMs, toMs: window.toMs + byMs }, bounds);
}

/** Shifts, never stretches: a window longer than its bounds starts where they start. */
function keepInside(window: TimeWindow, bounds: TimeWindow): TimeWindow {
  const length = window.toMs - window.fromMs;
  const latestStart = Math.max(bounds.fromMs, bounds.toMs - length);
  const fromMs = Math.min(latestStart, Math.max(bounds.fromMs, window.fromMs));
  return { fromMs, toMs: fromMs + length };
}

/** `1200-4500`: a window as the address writes it, in milliseconds since the start. */
export function windowText({ fromMs, toMs }: TimeWindow): string {
  return `${Math.round(fromMs)}-${Math.round(toMs)}`;
}

/** Reads what `windowText` wrote; null for anything that is no stretch of time. */
export function parseWindow(text: string): TimeWindow | null {
  const match = /^(\d{1,13})-(\d{1,13})$/.exec(text);
  if (!match) return null;
  const window = { fromMs: Number(match[1]), toMs: Number(match[2]) };
  return window.toMs > window.fromMs ? window : null;
}

/** A window that was kept for a run that may be shorter, or longer, by now; null where it would hold the whole run. */
export function windowWithin(window: TimeWindow, bounds: TimeWindow): TimeWindow | null {
  const next = zoomWindow(window, 1, { atMs: (window.fromMs + window.toMs) / 2, bounds });
  return next.toMs - next.fromMs >= bounds.toMs - bounds.fromMs ? null : next;
}
