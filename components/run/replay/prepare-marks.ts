import type { Span } from "@/lib/core/run/timeline-state";

export type Marks = {
  /** Seqs at which something failed, at most one a column. */
  readonly errors: readonly number[];
  /** From the event that asked a human to the one after which nobody waited. */
  readonly waits: readonly { readonly fromSeq: number; readonly toSeq: number }[];
};

type Marked = Pick<Span, "kind" | "status" | "openSeq" | "closeSeq">;

const mostColumns = 300;

/** What the scrubber's track points at: failures and human waits, no more of each than can be told apart. */
export function prepareMarks(spans: readonly Marked[], lastSeq: number): Marks {
  const columnOf = (seq: number) => Math.floor((seq / Math.max(1, lastSeq)) * mostColumns);
  const errors = new Map<number, number>();
  const waits: { fromSeq: number; toSeq: number }[] = [];
  for (const { kind, status, openSeq, closeSeq } of spans) {
    if (kind === "wait") {
      const last = waits.at(-1);
      const toSeq = closeSeq ?? lastSeq;
      if (last && columnOf(openSeq) <= columnOf(last.toSeq)) last.toSeq = Math.max(last.toSeq, toSeq);
      else waits.push({ fromSeq: openSeq, toSeq });
    } else if (status === "failed" || kind === "error") {
      const seq = closeSeq ?? openSeq;
      if (!errors.has(columnOf(seq))) errors.set(columnOf(seq), seq);
    }
  }
  return { errors: [...errors.values()].sort((a, b) => a - b), waits };
}
