/** Where a reader resumes: it has everything up to `after`. */
export type ResumePoint = {
  readonly after: number;
  /** The reader named a place that this log never reached: it is told so and gets everything again. Nothing is skipped silently. */
  readonly unknownCursor?: boolean;
};

/** Resumes after `seq`; null = what the reader named is not a place in any log. */
export function resumeBehind(seq: number | null, lastSeq: number): ResumePoint {
  return seq !== null && seq <= lastSeq ? { after: seq } : { after: 0, unknownCursor: true };
}
