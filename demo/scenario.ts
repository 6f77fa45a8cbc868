import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";
import type { Random } from "./random";

/** How a human's decision comes back to an agent; `none` when nobody decided in time. */
export type Decision =
  | { readonly outcome: "approved" | "denied" | "answered"; readonly by: string; readonly comment?: string; readonly answer?: string }
  | { readonly outcome: "none" };

/** One event of a script in its dialect's own words, without the envelope (ids, sequence, time). */
export type Beat = {
  /** Since the beat before. */
  readonly afterMs: number;
  readonly event: JsonObject;
  /** Behind this event the agent waits for a human. */
  readonly awaits?: Wait;
};

export type Wait = {
  /** The sender's approval id; null where the dialect has none. */
  readonly approval: string | null;
  readonly forMs: number;
  /** Goes on waiting past `forMs` while no other run is waiting, so that there is always something to decide. */
  readonly holds?: boolean;
};

/** A generator: `next(decision)` resumes it behind a beat that waits. */
export type Script = Generator<Beat, void, Decision | undefined>;

export type Stage = {
  readonly random: Random;
  /** A span between the two, already divided by the demo's speed. */
  readonly ms: (min: number, max: number) => number;
};

export type Scenario = {
  readonly name: string;
  readonly dialect: Dialect;
  /** As its system sends: batches to a sink, one request an event, or one body that is still being written. */
  readonly delivery: "batch" | "single" | "stream";
  /** A run id in the system's style, and the run's script. `runId` is null for events that belong to no run. */
  readonly open: (stage: Stage) => { readonly runId: string | null; readonly script: Script };
};
