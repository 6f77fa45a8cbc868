export const spanKinds = ["agent", "step", "tool", "model", "delegation", "task", "wait", "error"] as const;
export type SpanKind = (typeof spanKinds)[number];
export type SpanStatus = "running" | "waiting" | "succeeded" | "failed" | "cancelled";

/** One row of tree and waterfall. Times are epoch milliseconds, sender's clock where given, else ours. */
export type Span = {
  /** Stable for the life of the run: `<kind>:<seq of its first event>`. */
  readonly id: string;
  /** Id of the span above it; null = a root; `unattached` = its parent was named but not yet seen. */
  readonly parentId: string | null;
  readonly kind: SpanKind;
  readonly name: string;
  readonly agent: string | null;
  readonly status: SpanStatus;
  readonly startMs: number;
  /** null while it is open. */
  readonly endMs: number | null;
  /** Seq of the event that opened and of the one that closed it (input and output are read from there). */
  readonly openSeq: number;
  readonly closeSeq: number | null;
  readonly callId: string | null;
  /** One line: arguments, question or result. */
  readonly summary: string | null;
  readonly tokens: number | null;
  readonly costNanos: number | null;
  readonly error: string | null;
};

export type TimelineState = {
  /** In order of first appearance; a span keeps its index for ever. */
  readonly spans: readonly Span[];
  /** Index into `spans` of what is still open, by pairing key. */
  readonly open: { readonly [key: string]: readonly number[] };
  /** Index of each agent's latest span, by agent id. */
  readonly agentSpans: { readonly [agent: string]: number };
};
