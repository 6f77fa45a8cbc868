import { describe, expect, it } from "vitest";
import type { ApprovalEntry } from "../approvals/state";
import { shownCost, shownTokens } from "../usage/totals";
import { emptyRun, fold } from "./fold";
import type { RunState } from "./state";
import { flows, logOf } from "./testing/flows";
import type { Span } from "./timeline-state";

/** Mulberry32: small, seeded, good enough to shuffle. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled(length: number, seed: number): number[] {
  const random = seeded(seed);
  const places = Array.from({ length }, (_, place) => place);
  for (let at = length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [places[at], places[other]] = [places[other] ?? 0, places[at] ?? 0];
  }
  return places;
}

/** The tree as a set: what people see of each span, its parents by what they are and not by id. */
function tree({ timeline }: RunState): string[] {
  const byId = new Map(timeline.spans.map((span) => [span.id, span]));
  const pathOf = (span: Span): string => {
    const above = span.parentId === null ? undefined : byId.get(span.parentId);
    return `${above === undefined ? (span.parentId ?? "run") : pathOf(above)} > ${span.kind} ${span.name} of ${span.agent} @${span.startMs}`;
  };
  return timeline.spans
    .map((span) => `${pathOf(span)} to ${span.endMs} ${span.status} ${span.tokens} ${span.costNanos} ${span.error}`)
    .sort();
}

const outcome = ({ status, tool, question, decidedBy, answer, requestedAtMs, decidedAtMs }: ApprovalEntry) =>
  JSON.stringify({ status, tool, question, decidedBy, answer, requestedAtMs, decidedAtMs });

/** All that must not depend on the order of arrival. */
function shown(state: RunState) {
  const { lifecycle, usage, approvals, team } = state;
  const { late: _, ...counts } = lifecycle.counts;
  return {
    status: lifecycle.status,
    times: [lifecycle.startedAtMs, lifecycle.endedAtMs, lifecycle.lastEventAtMs, lifecycle.reportedDurationMs],
    error: lifecycle.error,
    answer: lifecycle.answer,
    activity: lifecycle.activity,
    about: [lifecycle.name, lifecycle.query, lifecycle.sessionId, lifecycle.agent],
    waiting: [lifecycle.waitingFor, lifecycle.waitingSinceMs],
    counts,
    budget: lifecycle.budget,
    source: lifecycle.source,
    tokens: shownTokens(usage),
    cost: shownCost(usage),
    byModel: usage.byModel,
    byAgent: usage.byAgent,
    approvals: approvals.entries.map(outcome).sort(),
    pending: approvals.pending,
    edges: Object.fromEntries(Object.entries(team.edges).map(([key, { lastSeq: __, ...edge }]) => [key, edge])),
    tree: tree(state),
  };
}

describe("the order of arrival", () => {
  it.each(flows.map((flow) => [flow.name, flow] as const))("does not change the outcome of %s", (_, flow) => {
    const expected = shown(fold(emptyRun(), logOf(flow)));
    for (let seed = 1; seed <= 200; seed += 1) {
      const log = logOf(flow, shuffled(flow.events.length, seed));
      expect(shown(fold(emptyRun(), log)), `seed ${seed}`).toEqual(expected);
    }
  });

  it("does not change the outcome either when every event is folded by itself", () => {
    for (const flow of flows) {
      const expected = shown(fold(emptyRun(), logOf(flow)));
      const log = logOf(flow, shuffled(flow.events.length, 4_711));
      expect(shown(log.reduce((state, event) => fold(state, [event]), emptyRun())), flow.name).toEqual(expected);
    }
  });
});

describe("a wait for a human", () => {
  it.each(flows.map((flow) => [flow.name, flow] as const))("is in the timeline as long as the request is open in %s", (_, flow) => {
    const events = logOf(flow);
    for (const length of events.keys()) {
      const { timeline, approvals } = fold(emptyRun(), events.slice(0, length + 1));
      const waits = timeline.spans.filter((span) => span.kind === "wait" && span.status === "waiting");
      const pending = approvals.entries.filter((entry) => entry.status === "pending");
      expect(waits.map((span) => span.openSeq)).toEqual(pending.map((entry) => entry.requestedSeq));
    }
  });
});
