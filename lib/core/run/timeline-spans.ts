import { usageTokens } from "../usage/sum";
import { clip } from "./clip";
import { KeyMemo, PairMemo } from "./key-memo";
import { eventMs, usableDurationMs } from "./moment";
import type { MutableSpan, TimelineDraft } from "./timeline-draft";
import { isContainer, pushContainer, removeContainer } from "./timeline-parents";
import type { SpanKind, SpanStatus, TimelineFact } from "./timeline-state";
import { withItem } from "./with-item";

export const nameLimit = 200;
export const lineLimit = 300;
/** Caps the list of same-named calls that never return: the oldest are no longer paired. */
const openLimit = 500;

/** Keys of calls with an id are used twice; other calls share a key with all calls of the same agent and name. */
const modelKeys = new KeyMemo("model||");
const delegationKeys = new PairMemo("delegation|");
const taskKeys = new PairMemo("task|");
const namedKeys: Partial<Record<SpanKind, PairMemo>> = { tool: new PairMemo("tool|"), step: new PairMemo("step|") };

/** Pairs an agent's own model calls that have no ids. */
export const modelKey = (agent: string): string => modelKeys.of(agent);

/** The key that pairs a start with its end. A step's number is scoped to its agent; other call ids to the run. */
export function pairKey(kind: SpanKind, fact: TimelineFact): string {
  const agent = fact.agent ?? "";
  if (fact.callId !== undefined && fact.callId !== "") return kind === "step" ? `step|#${fact.callId}|${agent}` : `${kind}|#${fact.callId}`;
  if (kind === "model") return modelKey(agent);
  if (kind === "delegation") {
    const to = fact.edge?.to ?? fact.name ?? "";
    return delegationKeys.of(fact.edge?.from ?? (agent === to ? "" : agent), to);
  }
  if (kind === "task") return taskKeys.of(fact.name ?? "", fact.edge?.to ?? agent);
  return namedKeys[kind]?.of(agent, fact.name ?? "") ?? `${kind}|${agent}|${fact.name ?? ""}`;
}

function spanName(kind: SpanKind, fact: TimelineFact): string {
  const said = kind === "model" ? (fact.usage?.model ?? fact.name) : kind === "delegation" ? (fact.edge?.to ?? fact.name) : fact.name;
  if (said !== undefined && said !== "") return clip(said, nameLimit);
  if (kind === "error") return clip(fact.error?.code ?? "error", nameLimit);
  return kind;
}

const agentName = (agent: string): string => (agent === "" ? "agent" : clip(agent, nameLimit));

const costOf = (fact: TimelineFact): number | null => {
  const cost = fact.usage?.costNanos;
  return cost !== undefined && Number.isSafeInteger(cost) && cost >= 0 ? cost : null;
};

/** The draft assigns the id. */
function freshSpan(kind: SpanKind, fact: TimelineFact, parentId: string | null): MutableSpan {
  return {
    id: "",
    kind,
    parentId,
    name: spanName(kind, fact),
    agent: (kind === "task" ? (fact.edge?.to ?? fact.agent) : fact.agent) ?? null,
    status: kind === "wait" ? "waiting" : "running",
    startMs: eventMs(fact),
    endMs: null,
    openSeq: fact.seq,
    closeSeq: null,
    callId: fact.callId ?? null,
    summary: fact.summary === undefined ? null : clip(fact.summary, lineLimit),
    tokens: usageTokens(fact.usage),
    costNanos: costOf(fact),
    error: null,
  };
}

/** A wait cut off by the run's end was never answered. */
export function cutStatus(kind: SpanKind, status: SpanStatus): SpanStatus {
  return kind === "wait" ? "cancelled" : status;
}

/** Adds an open span; after the run's end it is closed at once, like everything else. */
export function openSpan(draft: TimelineDraft, kind: SpanKind, fact: TimelineFact, open: { key: string; parentId: string | null }): number {
  return openFresh(draft, freshSpan(kind, fact, open.parentId), open.key);
}

/** An agent's span opened by its own start or by work. That work's summary, call and tokens belong to the work, not the agent. */
export function openAgentSpan(draft: TimelineDraft, fact: TimelineFact, agent: string, key: string): number {
  const span = freshSpan("agent", fact, null);
  span.name = agentName(agent);
  span.callId = null;
  span.tokens = null;
  span.costNanos = null;
  if (fact.type !== "agent.started") span.summary = null;
  return openFresh(draft, span, key);
}

function openFresh(draft: TimelineDraft, span: MutableSpan, key: string): number {
  const { ended } = draft.phase;
  const { kind } = span;
  if (ended !== null) {
    span.status = cutStatus(kind, ended.status);
    span.endMs = Math.max(span.startMs, ended.ms);
  }
  const index = draft.add(kind, span);
  const list = draft.openList(key);
  draft.setOpen(key, withItem(list.length >= openLimit ? list.slice(1) : list, index));
  if (isContainer(kind) && ended === null) pushContainer(draft, index);
  return index;
}

/** The end of a span, never before its start: if clocks disagree, the reported duration counts, else its length is zero. */
function endOf(startMs: number, fact: TimelineFact): number {
  const ms = eventMs(fact);
  return ms >= startMs ? ms : startMs + (usableDurationMs(fact.durationMs) ?? 0);
}

export function closeSpan(draft: TimelineDraft, index: number, fact: TimelineFact, status: SpanStatus): void {
  const span = draft.edit(index);
  if (span.name === span.kind) span.name = spanName(span.kind, fact);
  span.status = status;
  span.endMs = endOf(span.startMs, fact);
  span.closeSeq = fact.seq;
  // A model's prompt is mostly the same sentence for all calls; its output distinguishes them.
  if (fact.summary !== undefined && (span.summary === null || span.kind === "model")) span.summary = clip(fact.summary, lineLimit);
  span.tokens = usageTokens(fact.usage) ?? span.tokens;
  span.costNanos = costOf(fact) ?? span.costNanos;
  span.error = fact.error === undefined ? null : clip(fact.error.message, lineLimit);
  if (isContainer(span.kind)) removeContainer(draft, index);
}

/** Ends a span whose own end was not reported. */
export function cutSpan(draft: TimelineDraft, index: number, status: SpanStatus, ms: number): void {
  const span = draft.edit(index);
  span.status = status;
  span.endMs = Math.max(span.startMs, ms);
}

/** A span with only a reported end: it began `durationMs` earlier. */
export function addClosed(
  draft: TimelineDraft,
  kind: SpanKind,
  fact: TimelineFact,
  closed: { parentId: string | null; status: SpanStatus },
): number {
  return addEnded(draft, freshSpan(kind, fact, closed.parentId), fact, closed.status);
}

/** The same for an agent. */
export function addClosedAgent(draft: TimelineDraft, fact: TimelineFact, agent: string, status: SpanStatus): number {
  const span = freshSpan("agent", fact, null);
  span.name = agentName(agent);
  span.callId = null;
  return addEnded(draft, span, fact, status);
}

function addEnded(draft: TimelineDraft, span: MutableSpan, fact: TimelineFact, status: SpanStatus): number {
  const endMs = eventMs(fact);
  span.status = status;
  // An error is a moment, whatever duration its event reports.
  span.startMs = endMs - (span.kind === "error" ? 0 : (usableDurationMs(fact.durationMs) ?? 0));
  span.endMs = endMs;
  span.closeSeq = fact.seq;
  span.error = fact.error === undefined ? null : clip(fact.error.message, lineLimit);
  return draft.add(span.kind, span);
}

/**
 * Removes from its list the span that an end belongs to: spans not cut by the run's end come first, oldest first; steps innermost first.
 */
export function takeOpen(draft: TimelineDraft, key: string, order: "oldest" | "newest" = "oldest"): number | null {
  const list = draft.openList(key);
  if (list.length === 0) return null;
  if (list.length === 1) {
    draft.setOpen(key, []);
    return list[0] ?? null;
  }
  const isOpen = (index: number): boolean => draft.span(index).endMs === null;
  const found = (order === "oldest" ? list.find(isOpen) : list.findLast(isOpen)) ?? list[0] ?? null;
  if (found !== null)
    draft.setOpen(
      key,
      list.filter((index) => index !== found),
    );
  return found;
}
