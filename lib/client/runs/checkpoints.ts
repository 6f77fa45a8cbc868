import type { RunState } from "@/lib/core/run/state";
import { Sparse } from "./sparse";

export type Checkpoints = Sparse<RunState>;

/** States of a run to go back to, of what was seen live. Folded from one another they share what they have in common: one more costs its lists. */
export function createCheckpoints(): Checkpoints {
  return new Sparse({ seqOf: (state) => state.lifecycle.lastSeq, spacing: 1_000, most: 24 });
}
