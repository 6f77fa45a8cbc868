import { KeyMemo } from "./key-memo";
import type { TimelineDraft } from "./timeline-draft";
import type { Span, SpanKind, TimelineFact } from "./timeline-state";
import { withItem } from "./with-item";

const containersKey = "containers";
/** Senders that never close their steps do not make the list grow: the oldest leave it. */
const containerLimit = 500;
/** A declared line of agents longer than this is taken for a loop. */
const ancestryLimit = 1_000;

/** Parent of spans whose declared parent has not been seen. */
export const unattached = "unattached";

const orphanKeys = new KeyMemo("orphans|");

/** Steps do not nest in steps, nor delegations in delegations: both come in sequence or side by side. */
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

/** The container opened last, among those that fit. */
function innermost(draft: TimelineDraft, fits: (span: Span) => boolean): Span | null {
  const list = draft.indexList(containersKey);
  for (let at = list.length - 1; at >= 0; at -= 1) {
    const span = draft.find(list[at]);
    if (span !== undefined && fits(span)) return span;
  }
  return null;
}

/**
 * Span above a piece of work. With an agent: that agent's open step, else the agent's own span. Without (Powabase and Crewship
 * name none on tools and steps): whatever container was opened last and is still open. null = the run itself.
 */
export function parentOfWork(draft: TimelineDraft, fact: TimelineFact, kind: SpanKind): string | null {
  const { agent } = fact;
  const agentSpan = agent === undefined ? undefined : draft.find(draft.agentSpan(agent));
  if (agentSpan === undefined) return innermost(draft, (span) => allowed[kind].includes(span.kind))?.id ?? null;
  if (kind === "step") return agentSpan.id;
  return innermost(draft, (span) => span.kind === "step" && span.agent === agent)?.id ?? agentSpan.id;
}

/** Whether `span` is `ancestor` or lies below it. */
function isWithin(draft: TimelineDraft, span: Span, ancestor: Span): boolean {
  let current: Span | undefined = span;
  for (let level = 0; current !== undefined && level < ancestryLimit; level += 1) {
    if (current.id === ancestor.id) return true;
    current = current.parentId === null ? undefined : draft.findById(current.parentId);
  }
  return current !== undefined;
}

/**
 * Puts an agent's span below its declared parent. A parent not seen yet leaves it "unattached" until the parent comes; a
 * declaration that would close a circle is ignored.
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

/** Gives a new agent span the children that came before it. */
export function adoptOrphans(draft: TimelineDraft, agent: string): void {
  const waiting = draft.indexList(orphanKeys.of(agent));
  if (waiting.length === 0) return;
  draft.setIndex(orphanKeys.of(agent), []);
  for (const child of waiting) attachAgent(draft, child, agent);
}

/** The open delegation to an agent, the latest of several. */
export function delegationTo(draft: TimelineDraft, agent: string): Span | null {
  return innermost(draft, (span) => span.kind === "delegation" && span.name === agent);
}

/** Where a new agent span goes that declares no parent: below the open delegation to it, if there is one. */
export function attachToDelegation(draft: TimelineDraft, index: number): void {
  const delegation = delegationTo(draft, draft.span(index).agent ?? "");
  if (delegation !== null) draft.edit(index).parentId = delegation.id;
}
