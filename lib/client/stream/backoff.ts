const firstMs = 500;
const mostMs = 10_000;

/** Delay before the `attempt`-th try in a row (0 = first): doubling from 0.5 to 10 s, its upper half left to chance so that tabs do not march in step. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 10));
  return Math.round(full / 2 + (full / 2) * random);
}
