import { setTimeout as sleep } from "node:timers/promises";

export type Backoff = { readonly firstMs: number; readonly maxMs: number };
export const defaultBackoff: Backoff = { firstMs: 250, maxMs: 10_000 };

/** Wait before try number `attempt` (from 0): doubling, with up to a fifth of jitter so that many tools do not come back at once. */
export function backoffMs(backoff: Backoff, attempt: number, jitter: number = Math.random()): number {
  const full = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(full * (1 - jitter / 5));
}

/** A server's `Retry-After` in milliseconds (seconds form; RFC 9110 section 10.2.3), at most a minute. */
export function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after") ?? "");
  return headers.has("retry-after") && Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1_000, 60_000) : undefined;
}

/** Waits, or comes back early with false when aborted. */
export async function pause(ms: number, signal?: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
