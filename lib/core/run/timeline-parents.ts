import { KeyMemo } from "./key-memo";
import type { TimelineDraft } from "./timeline-draft";
import type { Span, SpanKind, TimelineFact } from "./timeline-state";
import { withItem } from "./with-item";

const containersKey = "containers";
/** Caps the list for senders that never close their steps: the oldest are dropped. */
const containerLimit = 500;
/** A longer declared chain of agents is treated as a loop. */
const ancestryLimit = 1_000;

/** Parent of spans whose declared parent has not been seen. */
export const unattached = "unattached";

const orphanKeys = new KeyMemo("orphans|");

/** Steps do not nest in steps, nor delegations in delegations: they run in sequence or in parallel. */
const allowed: Record<SpanKind, readonly SpanKind[]> = {
  agent: ["delegation"],
  step: ["agent", "delegation"],
  delegation: ["agent", "step"],
  tool: ["agent", "step", "delegation"],
  model: ["agent", "step", "delegation"],
  task: ["agent", "step", "delegation"],
  wait: ["agent", "step", "delegation"],
  error: ["agent", "step", "delegation"],
};

export function isContainer(kind: SpanKind): boolean {
  return kind === "agent" || kind === "step" || kind === "delegation";
}

export function pushContainer(draft: TimelineDraft, index: number): void {
  const list = draft.indexList(containersKey);
  draft.setIndex(containersKey, withItem(list.length >= containerLimit ? list.slice(1) : list, index));
}

export function removeContainer(draft: TimelineDraft, index: number): void {
  const list = draft.indexList(containersKey);
  if (list.includes(index))
    draft.setIndex(
      containersKey,
      list.filter((other) => other !== index),
    );
}

export function clearContainers(draft: TimelineDraft): void {
  if (draft.indexList(containersKey).length > 0) draft.setIndex(containersKey, []);
}

/** The most recently opened container that fits. */
function innermost(draft: TimelineDraft, fits: (span: Span) => boolean): Span | null {
  const list = draft.indexList(containersKey);
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const span = draft.find(list[at]);
    if (span !== undefined && fits(span)) return span;
  }
  return null;
}

/**
 * The parent span of a piece of work. With an agent: that agent's open step, else the agent's own span. Without one (Powabase and Crewship
 * name none on tools and steps): the most recently opened container that is still open. null = the run itself.
 */
export function parentOfWork(draft: TimelineDraft, fact: TimelineFact, kind: SpanKind): string | null {
  const { agent } = fact;
  const agentSpan = agent === undefined ? undefined : draft.find(draft.agentSpan(agent));
  if (agentSpan === undefined) return innermost(draft, (span) => allowed[kind].includes(span.kind))?.id ?? null;
  if (kind === "step") return agentSpan.id;
  return innermost(draft, (span) => span.kind === "step" && span.agent === agent)?.id ?? agentSpan.id;
}

/** Whether `span` is `ancestor` or one of its descendants. */
function isWithin(draft: TimelineDraft, span: Span, ancestor: Span): boolean {
  let current: Span | undefined = span;
  for (let level = 0; current !== undefined && level < ancestryLimit; level += 1) {
    if (current.id === ancestor.id) return true;
    current = current.parentId === null ? undefined : draft.findById(current.parentId);
  }
  return current !== undefined;
}

/**
 * Puts an agent's span below its declared parent. If the parent has not been seen, the span stays "unattached" until it appears; a
 * declaration that would form a cycle is ignored.
 */
export function attachAgent(draft: TimelineDraft, index: number, parentAgent: string): void {
  const span = draft.span(index);
  const above = draft.find(draft.agentSpan(parentAgent));
  if (above === undefined) {
    const waiting = draft.indexList(orphanKeys.of(parentAgent));
    if (span.parentId !== unattached) draft.edit(index).parentId = unattached;
    if (!waiting.includes(index)) draft.setIndex(orphanKeys.of(parentAgent), [...waiting, index]);
    return;
  }
  const parentId = isWithin(draft, above, span) ? null : above.id;
  if (span.parentId !== parentId) draft.edit(index).parentId = parentId;
}

/** Gives a new agent span the children that arrived before it. */
export function adoptOrphans(draft: TimelineDraft, agent: string): void {
  const waiting = draft.indexList(orphanKeys.of(agent));
  if (waiting.length === 0) return;
  draft.setIndex(orphanKeys.of(agent), []);
  for (const child of waiting) attachAgent(draft, child, agent);
}

/** The open delegation to an agent; the latest if there are several. */
export function delegationTo(draft: TimelineDraft, agent: string): Span | null {
  return innermost(draft, (span) => span.kind === "delegation" && span.name === agent);
}

/** The place of a new agent span that declares no parent: below the open delegation to it, if any. */
export function attachToDelegation(draft: TimelineDraft, index: number): void {
  const delegation = delegationTo(draft, draft.span(index).agent ?? "");
  if (delegation !== null) draft.edit(index).parentId = delegation.id;
}
