const firstMs = 500;
const mostMs = 30_000;
/** Caps the requested pause: a source that asks for longer is still retried after this. */
export const longestBackOffMs = 3_600_000;

/** Pause before the next connection after `tries` consecutive fruitless ones: half a second, doubling up to half a minute. */
export function backOffMs(tries: number, retryAfterMs: number | null = null): number {
  return Math.max(Math.min(mostMs, firstMs * 2 ** Math.min(tries, 16)), Math.min(retryAfterMs ?? 0, longestBackOffMs));
}

/** Permanent refusals. Not found may be temporary: a run's stream can be requested before the run begins. */
const final: ReadonlySet<number> = new Set([400, 401, 403, 405, 406, 410, 415, 422]);
const mostNotFound = 10;

export function isFinalRefusal(status: number, tries: number): boolean {
  return final.has(status) || (status === 404 && tries >= mostNotFound) || (status >= 300 && status < 400);
}
