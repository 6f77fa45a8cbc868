const units = ["", "k", "M", "B", "T"] as const;

/** A count of tokens in at most five characters: `840`, `12.4k`, `124k`, `1.2M`. The exact count belongs on hover. */
export function formatTokens(count: number): string {
  if (!Number.isFinite(count) || count < 0) return "–";
  let value = Math.round(count);
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
    // 999,950 is 1M, not 1000k.
    if (Number(value.toFixed(value >= 100 ? 0 : 1)) >= 1_000) value = 1_000;
  }
  if (unit === 0) return String(value);
  const digits = value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")}${units[unit]}`;
}
