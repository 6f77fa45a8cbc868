import { scaled } from "./scaled";

/** A size for people, 1,024 bytes per KB: `840 B`, `12.4 KB`, `3 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return "–";
  const { value, unit } = scaled(bytes, 1_024, ["B", "KB", "MB", "GB", "TB"]);
  return `${value} ${unit}`;
}
