/** Delay before each attempt (ResonantGenesis: at once, 1 min, 5 min, 30 min, 2 h). */
export const attemptDelaysMs: readonly number[] = [0, 60_000, 300_000, 1_800_000, 7_200_000];

export type AttemptOutcome = { readonly statusCode: number | null };

export type AfterAttempt =
  | { readonly status: "delivered" }
  | {
      readonly status: "failed";
      /** The receiver said that it is gone for good. */
      readonly disable: boolean;
    }
  | { readonly status: "pending"; readonly step: number; readonly nextAttemptMs: number };

/** What happens to a delivery whose attempt number `step` (0-based) ended at `nowMs`. Only 2xx is success; 410 ends it at once. */
export function afterAttempt(step: number, outcome: AttemptOutcome, nowMs: number): AfterAttempt {
  const { statusCode } = outcome;
  if (statusCode !== null && statusCode >= 200 && statusCode < 300) return { status: "delivered" };
  if (statusCode === 410) return { status: "failed", disable: true };
  const delay = attemptDelaysMs[step + 1];
  if (delay === undefined) return { status: "failed", disable: false };
  return { status: "pending", step: step + 1, nextAttemptMs: nowMs + delay };
}

/** An endpoint that refuses a request will refuse it again: only temporary statuses are retried. */
const passing: ReadonlySet<number> = new Set([408, 425, 429]);

/** The same for a system's own endpoint: it is never disabled, and a refusal is final until a person resends. */
export function afterCall(step: number, outcome: AttemptOutcome, nowMs: number): AfterAttempt {
  const { statusCode } = outcome;
  const refused = statusCode !== null && statusCode >= 300 && statusCode < 500 && !passing.has(statusCode);
  return refused ? { status: "failed", disable: false } : afterAttempt(step, outcome, nowMs);
}
