import type { Span } from "../run/timeline-state";
import type { TranscriptEntry } from "../run/transcript-state";

/** The run's last words: what it answered at its end, else the last that an agent of it said. */
export function finalAnswer(entries: readonly TranscriptEntry[]): TranscriptEntry | null {
  return entries.findLast(({ kind, text }) => kind === "assistant" && text !== "") ?? null;
}

/** An error message and how often each run met it. */
export type SharedError = { readonly message: string; readonly a: number; readonly b: number };

/** The errors of two runs: what only one of them met first, then what both did. */
export function compareErrors(a: readonly Span[], b: readonly Span[]): readonly SharedError[] {
  const errors = new Map<string, { a: number; b: number }>();
  for (const [side, spans] of [["a", a] as const, ["b", b] as const]) {
    for (const { status, error, name } of spans) {
      if (status !== "failed" && error === null) continue;
      const message = error ?? `${name} failed`;
      const known = errors.get(message) ?? { a: 0, b: 0 };
      known[side] += 1;
      errors.set(message, known);
    }
  }
  return [...errors]
    .map(([message, counts]) => ({ message, ...counts }))
    .sort((one, other) => Number(one.a > 0 && one.b > 0) - Number(other.a > 0 && other.b > 0) || other.a + other.b - one.a - one.b);
}
