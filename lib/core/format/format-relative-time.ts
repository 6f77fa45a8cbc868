const steps = [
  { ms: 86_400_000, unit: "d" },
  { ms: 3_600_000, unit: "h" },
  { ms: 60_000, unit: "m" },
  { ms: 1_000, unit: "s" },
] as const;

/** Anything closer in either direction is now: two machines' clocks differ by more. */
const nowWithinMs = 2_000;

/** A time relative to `nowMs`: `now`, `12 s ago`, `3 m ago`, `in 2 h`. */
export function formatRelativeTime(ms: number, nowMs: number): string {
  const distance = nowMs - ms;
  if (!Number.isFinite(distance)) return "–";
  const size = Math.abs(distance);
  if (size < nowWithinMs) return "now";
  const step = steps.find((candidate) => size >= candidate.ms);
  const words = step === undefined ? "1 s" : `${Math.floor(size / step.ms)} ${step.unit}`;
  return distance > 0 ? `${words} ago` : `in ${words}`;
}
