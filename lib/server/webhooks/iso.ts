/** Epoch milliseconds, as SQL gives them, in ISO 8601. */
export function isoOrNull(ms: string | number | null): string | null {
  return ms === null ? null : new Date(Number(ms)).toISOString();
}
