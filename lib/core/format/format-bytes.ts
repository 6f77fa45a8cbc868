const units = ["B", "KB", "MB", "GB", "TB"] as const;

/** A size for people, 1,024 bytes to the KB: `840 B`, `12.4 KB`, `3 MB`. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return "–";
  let value = Math.round(bytes);
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit += 1;
    // 1,048,575 bytes is 1 MB, not 1024 KB.
    if (Number(value.toFixed(value >= 100 ? 0 : 1)) >= 1_024) value = 1_024;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${units[unit]}`;
}
