import type { CanonicalEvent } from "../events/canonical";
import type { OrderKey } from "./order-key";

export const spanKinds = ["agent", "step", "tool", "model", "delegation", "task", "wait", "error"] as const;
export type SpanKind = (typeof spanKinds)[number];
export type SpanStatus = "running" | "waiting" | "succeeded" | "failed" | "cancelled";

/** One row of tree and waterfall. Times are epoch milliseconds: the sender's clock if given, else ours. */
export type Span = {
  /** Stable for the life of the run: `<kind>:<seq of its first event>`. */
  readonly id: string;
  /** Id of the parent span; null = a root; `unattached` = its parent was named but not yet seen. */
  readonly parentId: string | null;
  readonly kind: SpanKind;
  readonly name: string;
  readonly agent: string | null;
  readonly status: SpanStatus;
  readonly startMs: number;
  /** null while open. */
  readonly endMs: number | null;
  /** Seq of the opening and the closing event (input and output are read from there). */
  readonly openSeq: number;
  readonly closeSeq: number | null;
  readonly callId: string | null;
  /** One line: arguments, question or result; for a model call its output, once available. */
  readonly summary: string | null;
  readonly tokens: number | null;
  readonly costNanos: number | null;
  readonly error: string | null;
};

/** What the timeline reads of an event: enough to reapply it after a late one. */
export type TimelineFact = Pick<
  CanonicalEvent,
  | "type"
  | "occurredAtMs"
  | "sourceSeq"
  | "agent"
  | "parentAgent"
  | "callId"
  | "name"
  | "durationMs"
  | "summary"
  | "usage"
  | "error"
  | "edge"
  | "approval"
> & { readonly seq: number; readonly receivedAtMs: number };

/**
 * The previous value of an entry in one of the timeline's collections before a fact was applied; null = absent. A span that the fact
 * created is not recorded.
 */
export type TimelineUndo =
  | readonly ["span", number, Span]
  | readonly ["open", string, readonly number[] | null]
  | readonly ["index", string, readonly number[] | null]
  | readonly ["agent", string, number | null]
  | readonly ["phase", TimelinePhase];

/** A fact in the reorder window: what it created and how to revert it. */
export type TimelineStep = {
  readonly fact: TimelineFact;
  /** Indexes of the spans it created. */
  readonly made: readonly number[];
  readonly undo: readonly TimelineUndo[];
};

export type TimelinePhase = {
  readonly ended: { readonly ms: number; readonly status: SpanStatus; readonly at: OrderKey } | null;
  readonly started: boolean;
  /** Answers given through us that agents without request ids have yet to report back. */
  readonly echoes: number;
};

export type TimelineState = {
  /** In order of first appearance; a span's index never changes. */
  readonly spans: readonly Span[];
  /** If only the end of the list is held: index of `spans[0]`, and the earlier spans that later events can still change. */
  readonly first?: number;
  readonly carried?: { readonly [index: string]: Span };
  /** Indexes into `spans` of what is still open, by pairing key. */
  readonly open: { readonly [key: string]: readonly number[] };
  /** Index of each agent's latest span, by agent id. */
  readonly agentSpans: { readonly [agent: string]: number };
  /** Lists of span indexes apart from pairing: open containers, children of unseen agents, agents seen only at work. */
  readonly index: { readonly [key: string]: readonly number[] };
  readonly phase: TimelinePhase;
  /**
   * The latest facts in the sender's order, at most 256: a late event is put in its place by reverting those after it and reapplying them.
   * One that is even later goes to the window's start.
   */
  readonly window: readonly TimelineStep[];
};
