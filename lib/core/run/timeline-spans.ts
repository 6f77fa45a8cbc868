import { usageTokens } from "../usage/sum";
import { clip } from "./clip";
import { eventMs, usableDurationMs } from "./moment";
import type { TimelineDraft } from "./timeline-draft";
import { isContainer, pushContainer, removeContainer } from "./timeline-parents";
import type { Span, SpanKind, SpanStatus, TimelineFact } from "./timeline-state";

const nameLimit = 200;
export const lineLimit = 300;
/** Calls of one name that never return do not make its list grow: the oldest leave the pairing. */
const openLimit = 500;

/** What pairs a start with its end. A step's number is its agent's own; other call ids are the run's. */
export function pairKey(kind: SpanKind, fact: TimelineFact): string {
  const agent = fact.agent ?? "";
  if (fact.callId !== undefined && fact.callId !== "") return kind === "step" ? `step|#${fact.callId}|${agent}` : `${kind}|#${fact.callId}`;
  if (kind === "model") return `model||${agent}`;
  if (kind === "delegation") return `delegation|${fact.edge?.from ?? agent}|${fact.edge?.to ?? fact.name ?? ""}`;
  if (kind === "task") return `task|${fact.name ?? ""}|${fact.edge?.to ?? agent}`;
  return `${kind}|${agent}|${fact.name ?? ""}`;
}

function spanName(kind: SpanKind, fact: TimelineFact): string {
  const said = kind === "model" ? (fact.usage?.model ?? fact.name) : kind === "delegation" ? (fact.edge?.to ?? fact.name) : fact.name;
  if (said !== undefined && said !== "") return clip(said, nameLimit);
  if (kind === "error") return clip(fact.error?.code ?? "error", nameLimit);
  return kind;
}

const costOf = (fact: TimelineFact): number | null => {
  const cost = fact.usage?.costNanos;
  return cost !== undefined && Number.isSafeInteger(cost) && cost >= 0 ? cost : null;
};

type NewSpan = { -readonly [K in keyof Omit<Span, "id" | "kind">]: Span[K] };

function freshSpan(kind: SpanKind, fact: TimelineFact, parentId: string | null): NewSpan {
  return {
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

/** A wait that the run's end cuts off was never answered. */
export function cutStatus(kind: SpanKind, status: SpanStatus): SpanStatus {
  return kind === "wait" ? "cancelled" : status;
}

/** Adds an open span; after the run's end it is closed at once, as everything else was. */
export function openSpan(draft: TimelineDraft, kind: SpanKind, fact: TimelineFact, open: { key: string; parentId: string | null }): number {
  const { ended } = draft.phase;
  const span = freshSpan(kind, fact, open.parentId);
  if (ended !== null) {
    span.status = cutStatus(kind, ended.status);
    span.endMs = Math.max(span.startMs, ended.ms);
  }
  const index = draft.add(kind, span);
  const list = draft.openList(open.key);
  draft.setOpen(open.key, [...(list.length >= openLimit ? list.slice(1) : list), index]);
  if (isContainer(kind) && ended === null) pushContainer(draft, index);
  return index;
}

/** End of a span, never before its start: where clocks disagree the reported duration counts, else it has no length. */
function endOf(startMs: number, fact: TimelineFact): number {
  const ms = eventMs(fact);
  return ms >= startMs ? ms : startMs + (usableDurationMs(fact.durationMs) ?? 0);
}

export function closeSpan(draft: TimelineDraft, index: number, fact: TimelineFact, status: SpanStatus): void {
  const span = draft.span(index);
  const named = span.name === span.kind ? spanName(span.kind, fact) : span.name;
  draft.replace(index, {
    ...span,
    name: named,
    status,
    endMs: endOf(span.startMs, fact),
    closeSeq: fact.seq,
    summary: span.summary ?? (fact.summary === undefined ? null : clip(fact.summary, lineLimit)),
    tokens: usageTokens(fact.usage) ?? span.tokens,
    costNanos: costOf(fact) ?? span.costNanos,
    error: fact.error === undefined ? null : clip(fact.error.message, lineLimit),
  });
  if (isContainer(span.kind)) removeContainer(draft, index);
}

/** A span of which only the end was reported: it began `durationMs` earlier. */
export function addClosed(
  draft: TimelineDraft,
  kind: SpanKind,
  fact: TimelineFact,
  closed: { parentId: string | null; status: SpanStatus },
): number {
  const endMs = eventMs(fact);
  return draft.add(kind, {
    ...freshSpan(kind, fact, closed.parentId),
    status: closed.status,
    startMs: endMs - (usableDurationMs(fact.durationMs) ?? 0),
    endMs,
    closeSeq: fact.seq,
    error: fact.error === undefined ? null : clip(fact.error.message, lineLimit),
  });
}

/** Takes the span that an end belongs to out of its list: not yet cut by the run's end before those that are, oldest first; steps innermost first. */
export function takeOpen(draft: TimelineDraft, key: string, order: "oldest" | "newest" = "oldest"): number | null {
  const list = draft.openList(key);
  if (list.length === 0) return null;
  const isOpen = (index: number): boolean => draft.span(index).endMs === null;
  const found = (order === "oldest" ? list.find(isOpen) : list.findLast(isOpen)) ?? list[0] ?? null;
  if (found !== null)
    draft.setOpen(
      key,
      list.filter((index) => index !== found),
    );
  return found;
}
