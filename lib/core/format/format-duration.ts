const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const two = (count: number): string => String(count).padStart(2, "0");

/** A length of time for people: `840 ms`, `12.4 s`, `3 m 05 s`, `1 h 02 m`, `2 d 03 h`. Negative is zero, not a number is a dash. */
export function formatDuration(ms: number): string {
  if (Number.isNaN(ms)) return "–";
  const whole = Math.max(0, Math.round(ms));
  if (whole < secondMs) return `${whole} ms`;
  const tenths = Math.round(whole / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(whole / secondMs);
  if (seconds * secondMs < hourMs) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  const minutes = Math.floor(whole / minuteMs);
  if (minutes * minuteMs < dayMs) return `${Math.max(1, Math.floor(minutes / 60))} h ${two(minutes % 60)} m`;
  const hours = Math.floor(whole / hourMs);
  return `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}
