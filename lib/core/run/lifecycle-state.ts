import type { EventError } from "../events/canonical";
import type { OrderKey } from "./order-key";
import type { RunStatus } from "./status";

export type LifecycleState = {
  /** Never `stalled`: that is a verdict a selector gives with a clock. */
  readonly status: RunStatus;
  /** Where the event that set `status` lies; an event before it changes nothing. */
  readonly statusAt: OrderKey | null;
  readonly lastSeq: number;
  /** Earliest and latest times, sender's clock where given, else ours. Epoch milliseconds. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly lastEventAtMs: number | null;
  /** As reported by the sender at the end; else ended - started. */
  readonly reportedDurationMs: number | null;
  readonly name: string | null;
  readonly query: string | null;
  readonly sessionId: string | null;
  readonly mode: string | null;
  /** First agent seen, or the one that the sender names for the run. */
  readonly agent: string | null;
  readonly error: EventError | null;
  /** Final answer, cut to 2,000 characters. */
  readonly answer: string | null;
  /** What it is doing now, one line. */
  readonly activity: string | null;
  /** Since when it waits for a human, and for what. */
  readonly waitingSinceMs: number | null;
  readonly waitingFor: string | null;
  readonly counts: {
    readonly events: number;
    readonly steps: number;
    readonly toolCalls: number;
    readonly modelCalls: number;
    readonly errors: number;
    readonly unknown: number;
    /** Events that came after a terminal status. */
    readonly late: number;
  };
  /** Ids of the agents seen, in order of appearance; at most 1,000, `agentsTotal` counts on (approximate beyond). */
  readonly agents: readonly string[];
  readonly progressPercent: number | null;
  readonly budget: {
    readonly usedPercent: number;
    readonly thresholdPercent: number | null;
    readonly tokensUsed: number | null;
    readonly tokensBudget: number | null;
  } | null;
  /** The sender's own sequence: how many distinct were seen is not kept; the range and count give the completeness meter. */
  readonly source: { readonly firstSeq: number | null; readonly lastSeq: number | null; readonly seen: number };
};
