import type { ControlState } from "../control/state";
import type { EventError } from "../events/canonical";
import type { OrderKey } from "./order-key";
import type { RunStatus } from "./status";

export type Answer = { readonly text: string; readonly at: OrderKey; readonly from?: number };

/**
 * The latest value for each question, with its place in the sender's order. `status` and the other shown fields are derived from these, so
 * they do not depend on the order of arrival.
 */
export type LifecycleRegisters = {
  /** The latest end. It stands unless `opened` comes after it. */
  readonly terminal: {
    readonly status: "succeeded" | "failed" | "cancelled" | "expired";
    readonly at: OrderKey;
    readonly ms: number;
    readonly durationMs: number | null;
    readonly error: EventError | null;
  } | null;
  /** The latest run.started or run.resumed. */
  readonly opened: OrderKey | null;
  /** The latest of started, resumed, pausing, paused, cancelling; an approval request also proves that the run is at work. */
  readonly active: { readonly status: "running" | "pausing" | "paused" | "cancelling"; readonly at: OrderKey } | null;
  /** The latest error not marked recoverable; shown if the run then fails. */
  readonly lastError: { readonly error: EventError; readonly at: OrderKey } | null;
  /** The latest mark that the system will send no more of this run. */
  readonly streamEnded?: OrderKey;
  readonly activity: { readonly text: string; readonly at: OrderKey } | null;
  /** The latest message to people. For one in pieces, `at` is the last piece and `from` the seq of the first. */
  readonly answer: Answer | null;
  /** The latest answer carried by a run.completed. */
  readonly final?: Answer;
  /** The latest model output that has text. */
  readonly output?: OrderKey;
  readonly describedAt: OrderKey | null;
  readonly progressAt: OrderKey | null;
  readonly budgetAt: OrderKey | null;
  readonly starts: number;
  /** The earliest event that names an agent; a run.started takes precedence. */
  readonly agentFrom: { readonly isStart: boolean; readonly at: OrderKey } | null;
};

/** Starts and ends are counted separately: some senders report only one of them, and a pair is one piece of work. */
export type LifecycleTallies = {
  readonly stepsStarted: number;
  readonly stepsEnded: number;
  readonly toolsCalled: number;
  readonly toolsEnded: number;
  readonly modelsPrompted: number;
  readonly modelsEnded: number;
};

export type LifecycleState = {
  /** Never `stalled`: a selector decides that with a clock. */
  readonly status: RunStatus;
  /** The place of the event that set `status`; earlier events change nothing. */
  readonly statusAt: OrderKey | null;
  readonly lastSeq: number;
  /** Earliest and latest times: the sender's clock if given, else ours. Epoch milliseconds. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly lastEventAtMs: number | null;
  /** As reported by the sender at the end; else ended - started. */
  readonly reportedDurationMs: number | null;
  readonly name: string | null;
  readonly query: string | null;
  readonly sessionId: string | null;
  readonly mode: string | null;
  /** The first agent seen, or the one that the sender names for the run. */
  readonly agent: string | null;
  readonly error: EventError | null;
  /** Final answer, cut to 2,000 characters (see `answerOf`). */
  readonly answer: string | null;
  /** What it is doing now, one line. */
  readonly activity: string | null;
  /** When it began to wait for a human, and for what. */
  readonly waitingSinceMs: number | null;
  readonly waitingFor: string | null;
  readonly counts: {
    readonly events: number;
    readonly steps: number;
    readonly toolCalls: number;
    readonly modelCalls: number;
    readonly errors: number;
    readonly unknown: number;
    /** Events that arrived after a terminal status. */
    readonly late: number;
  };
  /** Ids of the agents seen at work, in order of appearance; at most 1,000, `agentsTotal` keeps counting (approximately beyond that). */
  readonly agents: readonly string[];
  readonly agentsTotal: number;
  readonly progressPercent: number | null;
  readonly budget: {
    readonly usedPercent: number;
    readonly thresholdPercent: number | null;
    readonly tokensUsed: number | null;
    readonly tokensBudget: number | null;
  } | null;
  /** The sender's own sequence. The number of distinct values is not kept; range and count feed the completeness meter. */
  readonly source: { readonly firstSeq: number | null; readonly lastSeq: number | null; readonly seen: number };
  /** Our clock at the latest event: silence is measured with one clock. */
  readonly lastReceivedAtMs: number | null;
  /** Longest silence between two events by our clock, excluding waits for a human. */
  readonly longestGapMs: number;
  /** The latest pause, resume or cancel requested through Watchfloor. */
  readonly control: ControlState | null;
  readonly registers: LifecycleRegisters;
  readonly tallies: LifecycleTallies;
};
