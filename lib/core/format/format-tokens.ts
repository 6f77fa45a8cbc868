import { scaled } from "./scaled";

/** A token count in at most five characters: `840`, `12.4k`, `124k`, `1.2M`. Show the exact count on hover. */
export function formatTokens(count: number): string {
  if (!Number.isFinite(count) || count < 0) return "–";
  const { value, unit } = scaled(count, 1_000, ["", "k", "M", "B", "T"]);
  return `${value}${unit}`;
}
