import { eventMs } from "./moment";
import type { TimelineDraft } from "./timeline-draft";
import { isContainer, removeContainer } from "./timeline-parents";
import { cutSpan } from "./timeline-spans";
import type { SpanStatus, TimelineFact } from "./timeline-state";

/**
 * A coordinator hands work over by a tool that is named after the agent, and the delegation follows. Senders report the end of one of the
 * two: both end with it. An end that is reported for the other one after all is still the one that counts.
 */

/** Calls whose delegation never begins do not make their list grow: the oldest leave. */
const mostWaiting = 100;

/** A tool's name has letters, digits and underscores where the agent's may have blanks. */
const waitingKey = (agent: string): string => `handover|${agent.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")}`;
const otherKey = (index: number): string => `other|${index}`;

/** Ends a span with what it belongs to. */
export function endWith(draft: TimelineDraft, index: number, status: SpanStatus, ms: number): void {
  cutSpan(draft, index, status, ms);
  if (isContainer(draft.span(index).kind)) removeContainer(draft, index);
}

const isOpen = (draft: TimelineDraft, index: number): boolean => draft.find(index)?.endMs === null;

/** A tool call that says to whom it hands work over. */
export function expectHandover(draft: TimelineDraft, index: number, { edge }: TimelineFact): void {
  if (edge?.to === undefined) return;
  const key = waitingKey(edge.to);
  const waiting = draft.indexList(key).filter((other) => isOpen(draft, other));
  draft.setIndex(key, [...waiting.slice(1 - mostWaiting), index]);
}

/** Puts a delegation that begins below the call that brought it about. */
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

/** Ends the other one of a call and its delegation; its index, if it was still open. */
export function endOther(draft: TimelineDraft, index: number, fact: TimelineFact): number | null {
  const [other] = draft.indexList(otherKey(index));
  if (other === undefined) return null;
  draft.setIndex(otherKey(index), []);
  draft.setIndex(otherKey(other), []);
  if (!isOpen(draft, other)) return null;
  endWith(draft, other, draft.span(index).status, eventMs(fact));
  return other;
}
