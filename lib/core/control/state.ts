import type { ControlAction } from "./words";

/** Our latest request in a run's log, and whether the agent complied. */
export type ControlState = {
  /** Our UUID. */
  readonly id: string;
  readonly action: ControlAction;
  /** The seq of the request's event. */
  readonly seq: number;
  readonly atMs: number;
  readonly by: string | null;
  readonly reason: string | null;
  /** Seq and time of the event that shows that it took effect; null while it is pending, or if the run ended some other way. */
  readonly doneSeq: number | null;
  readonly doneAtMs: number | null;
};
