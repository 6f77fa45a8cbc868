import type { ApprovalsState } from "../approvals/state";
import type { UsageState } from "../usage/state";
import type { LifecycleState } from "./lifecycle-state";
import type { TeamState } from "./team-state";
import type { TimelineState } from "./timeline-state";
import type { TranscriptState } from "./transcript-state";

/** The slices that the append transaction keeps on the run row: small, bounded by agents and models, not by events. */
export type RowState = {
  readonly lifecycle: LifecycleState;
  readonly usage: UsageState;
  readonly approvals: ApprovalsState;
};

/** Everything that a reader sees of a run: the fold of its log up to `lifecycle.lastSeq`. Survives JSON. */
export type RunState = RowState & {
  readonly timeline: TimelineState;
  readonly team: TeamState;
  readonly transcript: TranscriptState;
};
