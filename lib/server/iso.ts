/** Converts epoch milliseconds, as SQL returns them, to ISO 8601. */
export function iso(ms: string | number): string {
  return new Date(Number(ms)).toISOString();
}

export function isoOrNull(ms: string | number | null): string | null {
  return ms === null ? null : iso(ms);
}
