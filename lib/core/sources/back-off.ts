const firstMs = 500;
const mostMs = 30_000;
/** A source that asks for a longer pause is asked again all the same. */
export const longestBackOffMs = 3_600_000;

/** Pause before the next connection after `tries` in a row that brought nothing: half a second, doubled up to half a minute. */
export function backOffMs(tries: number, retryAfterMs: number | null = null): number {
  return Math.max(Math.min(mostMs, firstMs * 2 ** Math.min(tries, 16)), Math.min(retryAfterMs ?? 0, longestBackOffMs));
}

/** Refusals that do not pass by themselves. Not found may pass: a run's stream can be asked for before the run begins. */
const final: ReadonlySet<number> = new Set([400, 401, 403, 405, 406, 410, 415, 422]);
const mostNotFound = 10;

export function isFinalRefusal(status: number, tries: number): boolean {
  return final.has(status) || (status === 404 && tries >= mostNotFound) || (status >= 300 && status < 400);
}
