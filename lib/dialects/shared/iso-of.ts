/** Epoch milliseconds as RFC 3339 in UTC, `2024-10-27T10:00:00.000Z`. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
