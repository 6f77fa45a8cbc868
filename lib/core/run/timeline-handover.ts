import { eventMs } from "./moment";
import type { TimelineDraft } from "./timeline-draft";
import { isContainer, removeContainer } from "./timeline-parents";
import { cutSpan } from "./timeline-spans";
import type { SpanStatus, TimelineFact } from "./timeline-state";

/**
 * A coordinator hands work over by calling a tool named after the agent, and the delegation follows. Senders report the end of only one of
 * the two, so both end with it. If the other's own end is reported after all, that one counts.
 */

/** Caps the list of calls whose delegation never begins: the oldest are dropped. */
const mostWaiting = 100;

/** A tool's name has only letters, digits and underscores, where the agent's may have blanks. */
const waitingKey = (agent: string): string => `handover|${agent.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")}`;
const otherKey = (index: number): string => `other|${index}`;

/** Ends a span together with another. */
export function endWith(draft: TimelineDraft, index: number, status: SpanStatus, ms: number): void {
  cutSpan(draft, index, status, ms);
  if (isContainer(draft.span(index).kind)) removeContainer(draft, index);
}

const isOpen = (draft: TimelineDraft, index: number): boolean => draft.find(index)?.endMs === null;

/** A tool call that says to whom it hands over. */
export function expectHandover(draft: TimelineDraft, index: number, { edge }: TimelineFact): void {
  if (edge?.to === undefined) return;
  const key = waitingKey(edge.to);
  const waiting = draft.indexList(key).filter((other) => isOpen(draft, other));
  draft.setIndex(key, [...waiting.slice(1 - mostWaiting), index]);
}

/** Puts a new delegation below the call that caused it. */
export function joinHandover(draft: TimelineDraft, index: number, { edge }: TimelineFact): void {
  if (edge?.to === undefined) return;
  const key = waitingKey(edge.to);
  const waiting = draft.indexList(key);
  if (waiting.length === 0) return;
  const [call, ...others] = waiting.filter((other) => isOpen(draft, other));
  draft.setIndex(key, others);
  if (call === undefined) return;
  draft.edit(index).parentId = draft.span(call).id;
  draft.setIndex(otherKey(call), [index]);
  draft.setIndex(otherKey(index), [call]);
}

/** Ends the counterpart of a call or its delegation; returns its index if it was still open. */
export function endOther(draft: TimelineDraft, index: number, fact: TimelineFact): number | null {
  const [other] = draft.indexList(otherKey(index));
  if (other === undefined) return null;
  draft.setIndex(otherKey(index), []);
  draft.setIndex(otherKey(other), []);
  if (!isOpen(draft, other)) return null;
  endWith(draft, other, draft.span(index).status, eventMs(fact));
  return other;
}
