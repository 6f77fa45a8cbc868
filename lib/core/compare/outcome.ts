import type { Span } from "../run/timeline-state";
import type { TranscriptEntry } from "../run/transcript-state";

/** The run's last words: its final answer, else the last thing one of its agents said. */
export function finalAnswer(entries: readonly TranscriptEntry[]): TranscriptEntry | null {
  return entries.findLast(({ kind, text }) => kind === "assistant" && text !== "") ?? null;
}

/** An error message, and how often it occurred in each run. */
export type SharedError = { readonly message: string; readonly a: number; readonly b: number };

/** `error` = what the run itself failed with, if it did. */
type Failures = { readonly spans: readonly Span[]; readonly error: string | null };

/** The errors of two runs: first those in only one, then those in both. */
export function compareErrors(a: Failures, b: Failures): readonly SharedError[] {
  const errors = new Map<string, { a: number; b: number }>();
  for (const [side, { spans, error: last }] of [["a", a] as const, ["b", b] as const]) {
    const count = (message: string) => {
      const known = errors.get(message) ?? { a: 0, b: 0 };
      known[side] += 1;
      errors.set(message, known);
    };
    for (const { status, error, name } of spans) if (status === "failed" || error !== null) count(error ?? `${name} failed`);
    // A run usually fails with one of its steps' errors, which is already counted.
    if (last !== null && (errors.get(last)?.[side] ?? 0) === 0) count(last);
  }
  return [...errors]
    .map(([message, counts]) => ({ message, ...counts }))
    .sort((one, other) => Number(one.a > 0 && one.b > 0) - Number(other.a > 0 && other.b > 0) || other.a + other.b - one.a - one.b);
}
