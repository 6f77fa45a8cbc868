import type { ControlAction } from "./words";

/** The latest request of ours in a run's log, and whether the agent did as it was told. */
export type ControlState = {
  /** Ours, UUID. */
  readonly id: string;
  readonly action: ControlAction;
  /** Seq of the request's event. */
  readonly seq: number;
  readonly atMs: number;
  readonly by: string | null;
  readonly reason: string | null;
  /** Seq and time of the event that shows that it was done; null while it is under way, or when the run ended otherwise. */
  readonly doneSeq: number | null;
  readonly doneAtMs: number | null;
};
