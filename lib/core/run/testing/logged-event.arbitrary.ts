import fc from "fast-check";
import { type CanonicalType, canonicalTypes, type Usage } from "../../events/canonical";
import type { LoggedEvent } from "../../events/logged";
import type { Json } from "../../json";

/** Few words, so that starts meet ends, parents meet children and keys collide; some of them hostile. */
const agentWord = fc.constantFrom("lead", "writer", "critic", "__proto__", "constructor", "toString", "", "7", "a\u0000b", "💥");
const word = fc.constantFrom("search", "load", "__proto__", "hasOwnProperty", "", "1", "x".repeat(400), "\ud800");
const callWord = fc.constantFrom("c1", "c2", "__proto__", "");
const textWord = fc.constantFrom("Based on", " the analysis", "Based on the analysis", "", "\u2028", "<script>", "y".repeat(40_000));
const count = fc.oneof(
  { weight: 6, arbitrary: fc.nat(5_000) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300, Number.MAX_SAFE_INTEGER) },
);
const startMs = 1_760_000_000_000;
const instant = fc.oneof(
  { weight: 8, arbitrary: fc.nat(400).map((tick) => startMs + tick * 25) },
  { weight: 1, arbitrary: fc.constantFrom(1, -1e15, 1e300, Number.NaN, 8.64e15, 253_402_300_799_999) },
);
const json: fc.Arbitrary<Json> = fc.oneof(word, fc.nat(9), fc.constant(null), fc.constant({ path: "/x", deep: [1, { y: null }] }));

const usage: fc.Arbitrary<Usage> = fc.record(
  {
    scope: fc.constantFrom("call" as const, "agent" as const, "run" as const),
    model: fc.constantFrom("gpt-5", "claude", "__proto__", "constructor", ""),
    input: count,
    output: count,
    cachedRead: count,
    cachedWrite: count,
    reasoning: count,
    total: count,
    rule: fc.constantFrom("cached-in-input" as const, "cached-beside-input" as const),
    costNanos: count,
  },
  { requiredKeys: ["scope"], noNullPrototype: true },
);

const approval = fc.record(
  {
    id: fc.constantFrom("appr-1", "appr-2", "__proto__", "seq:1", "seq:3", ""),
    kind: fc.constantFrom("tool" as const, "input" as const, "confirmation" as const),
    tool: word,
    arguments: json,
    question: textWord,
    timeoutMs: count,
    decision: fc.constantFrom("approved" as const, "denied" as const, "timeout" as const, "answered" as const),
    decidedBy: agentWord,
    answer: json,
    editedArguments: json,
    requestSeq: fc.oneof(fc.nat(12), fc.constant(0.5)),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const error = fc.record({ message: textWord, code: word, recoverable: fc.boolean() }, { requiredKeys: ["message"], noNullPrototype: true });

/** Everything an adapter may fill, each field there or not. */
const fields = fc.record(
  {
    occurredAtMs: instant,
    sourceSeq: fc.oneof({ weight: 9, arbitrary: fc.nat(60) }, { weight: 1, arbitrary: fc.constantFrom(-3, 1e300, 0.5, Number.NaN) }),
    agent: agentWord,
    parentAgent: agentWord,
    role: word,
    callId: callWord,
    name: word,
    durationMs: count,
    summary: textWord,
    text: textWord,
    joins: fc.constant(true as const),
    input: json,
    output: json,
    usage,
    error,
    level: fc.constantFrom("info" as const, "warn" as const, "error" as const),
    run: fc.record({ name: word, query: textWord, sessionId: word, mode: word }, { requiredKeys: [], noNullPrototype: true }),
    approval,
    team: fc.record(
      {
        members: fc.array(fc.record({ agent: agentWord, role: word }, { requiredKeys: ["agent"], noNullPrototype: true }), {
          maxLength: 3,
        }),
        size: count,
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
    edge: fc.record({ from: agentWord, to: agentWord, kind: word }, { requiredKeys: [], noNullPrototype: true }),
    progress: fc.record({ percent: count, step: count, steps: count }, { requiredKeys: [], noNullPrototype: true }),
    budget: fc.record({ usedPercent: count, thresholdPercent: count, tokensUsed: count }, { requiredKeys: [], noNullPrototype: true }),
    estimatedNanos: fc.option(count),
    origin: fc.constant("watchfloor" as const),
  },
  { requiredKeys: [], noNullPrototype: true },
);

/** Every canonical type, those that shape the tree more often, and a type of a version to come. */
const type: fc.Arbitrary<CanonicalType> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...canonicalTypes) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<CanonicalType[]>(
      "run.started",
      "run.completed",
      "run.failed",
      "run.resumed",
      "agent.started",
      "agent.completed",
      "step.started",
      "step.completed",
      "tool.called",
      "tool.returned",
      "model.prompted",
      "model.streamed",
      "model.completed",
      "delegation.started",
      "delegation.completed",
      "approval.requested",
      "approval.decided",
      "message.sent",
      "message.received",
    ),
  },
  { weight: 1, arbitrary: fc.constant("future.invented" as CanonicalType) },
);

const received = fc.oneof(
  { weight: 20, arbitrary: fc.nat(600).map((tick) => startMs + tick * 20) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

const event = fc.tuple(type, fields, received).map(([kind, rest, receivedAtMs]) => ({ type: kind, ...rest, receivedAtMs }));

/** A run's log: seq 1..N, any types, any fields, orphans, ends without starts, disorder in the sender's own order. */
export function eventLog(maxLength: number): fc.Arbitrary<LoggedEvent[]> {
  return fc.array(event, { maxLength }).map((events) =>
    events.map((each, index) => ({
      ...each,
      seq: index + 1,
      source: { dialect: index % 3 === 0 ? ("powabase" as const) : ("shannon" as const), type: each.type },
    })),
  );
}

/** A log longer than any window of the fold: few drawn events over and over, mostly in the sender's order, some of them late, no end. */
export function longLog(length: number): fc.Arbitrary<LoggedEvent[]> {
  const beats = fc.array(
    event.filter(({ type: kind }) => !kind.startsWith("approval.") && !kind.startsWith("run.")),
    { minLength: 1, maxLength: 60 },
  );
  const late = fc.array(fc.tuple(fc.nat(length - 1), fc.nat(400)), { maxLength: 12 });
  return fc.tuple(beats, late).map(([drawn, lateOnes]) => {
    const lateBy = new Map(lateOnes);
    return Array.from({ length }, (_, index) => {
      const each = drawn[index % drawn.length] as (typeof drawn)[number];
      const place = index + 1 - (lateBy.get(index) ?? 0);
      const source = { dialect: "shannon" as const, type: each.type };
      return { ...each, sourceSeq: place, occurredAtMs: startMs + place * 25, seq: index + 1, source };
    });
  });
}

/** Places at which a log of any length is cut into batches. */
export const cuts = fc.array(fc.nat(1_000), { maxLength: 6 });

export function cutAt<T>(log: readonly T[], places: readonly number[]): T[][] {
  const ordered = [...new Set(places.map((place) => (log.length === 0 ? 0 : place % log.length)))].sort((a, b) => a - b);
  return [0, ...ordered].map((from, at) => log.slice(from, ordered[at] ?? log.length));
}
