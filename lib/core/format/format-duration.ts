const two = (count: number): string => String(count).padStart(2, "0");

/** A duration for people: `840 ms`, `12.4 s`, `3 m 05 s`, `1 h 02 m`, `2 d 03 h`. Negative is zero, NaN is a dash. */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) return "–";
  const whole = Math.max(0, Math.round(ms));
  if (whole < 1_000) return `${whole} ms`;
  const tenths = Math.round(whole / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(whole / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${two(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** The same in whole seconds, for ticking displays: `0 s`, `12 s`, `3 m 05 s`. */
export function formatTicking(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000);
}

/** How long something took. Starting and ending within one millisecond still took time. */
export function formatLength(ms: number): string {
  return ms < 0.5 ? "< 1 ms" : formatDuration(ms);
}
