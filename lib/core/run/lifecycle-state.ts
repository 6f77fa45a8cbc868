import type { ControlState } from "../control/state";
import type { EventError } from "../events/canonical";
import type { OrderKey } from "./order-key";
import type { RunStatus } from "./status";

export type Answer = { readonly text: string; readonly at: OrderKey; readonly from?: number };

/**
 * Latest word per question, each with its place in the sender's order: `status` and the other shown fields are read from these,
 * so that they do not depend on the order of arrival.
 */
export type LifecycleRegisters = {
  /** The latest end. It stands unless `opened` lies after it. */
  readonly terminal: {
    readonly status: "succeeded" | "failed" | "cancelled" | "expired";
    readonly at: OrderKey;
    readonly ms: number;
    readonly durationMs: number | null;
    readonly error: EventError | null;
  } | null;
  /** The latest run.started or run.resumed. */
  readonly opened: OrderKey | null;
  /** The latest of started, resumed, pausing, paused, cancelling; asking a human proves that the run is at work. */
  readonly active: { readonly status: "running" | "pausing" | "paused" | "cancelling"; readonly at: OrderKey } | null;
  /** The latest error that was not called recoverable; shown when the run then fails. */
  readonly lastError: { readonly error: EventError; readonly at: OrderKey } | null;
  /** The latest mark that the system sends no more of this run. */
  readonly streamEnded?: OrderKey;
  readonly activity: { readonly text: string; readonly at: OrderKey } | null;
  /** The latest message to people. Of one that was said in pieces `at` is the last, and `from` the seq of the first. */
  readonly answer: Answer | null;
  /** The latest answer that a run.completed carried. */
  readonly final?: Answer;
  /** The latest output of a model that has words. */
  readonly output?: OrderKey;
  readonly describedAt: OrderKey | null;
  readonly progressAt: OrderKey | null;
  readonly budgetAt: OrderKey | null;
  readonly starts: number;
  /** The earliest event that names an agent; a run.started goes before all others. */
  readonly agentFrom: { readonly isStart: boolean; readonly at: OrderKey } | null;
};

/** Starts and ends are counted apart: some senders report only one of the two, and a pair is one piece of work. */
export type LifecycleTallies = {
  readonly stepsStarted: number;
  readonly stepsEnded: number;
  readonly toolsCalled: number;
  readonly toolsEnded: number;
  readonly modelsPrompted: number;
  readonly modelsEnded: number;
};

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
  /** Final answer, cut to 2,000 characters (see `answerOf`). */
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
  /** Ids of the agents seen at work, in order of appearance; at most 1,000, `agentsTotal` counts on (approximate beyond). */
  readonly agents: readonly string[];
  readonly agentsTotal: number;
  readonly progressPercent: number | null;
  readonly budget: {
    readonly usedPercent: number;
    readonly thresholdPercent: number | null;
    readonly tokensUsed: number | null;
    readonly tokensBudget: number | null;
  } | null;
  /** The sender's own sequence: how many distinct were seen is not kept; the range and count give the completeness meter. */
  readonly source: { readonly firstSeq: number | null; readonly lastSeq: number | null; readonly seen: number };
  /** Our clock at the latest event: silence is measured with one clock. */
  readonly lastReceivedAtMs: number | null;
  /** Longest silence between two events, our clock, waits for a human left out. */
  readonly longestGapMs: number;
  /** The latest pause, resume or cancel that was asked through Watchfloor. */
  readonly control: ControlState | null;
  readonly registers: LifecycleRegisters;
  readonly tallies: LifecycleTallies;
};
