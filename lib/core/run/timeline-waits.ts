import { clip } from "./clip";
import type { TimelineDraft } from "./timeline-draft";
import { parentOfWork } from "./timeline-parents";
import { closeSpan, nameLimit, openSpan } from "./timeline-spans";
import type { Span, TimelineFact } from "./timeline-state";

/** One list for all: a decision without an id goes to the oldest open request. */
const waitsKey = "wait";
/** Name of a wait that is not for a tool. */
const noTool = "human input";

/** Requests without an id use `seq:<seq>`, like their approval. */
export function requestWait(draft: TimelineDraft, fact: TimelineFact): void {
  const id = fact.approval?.id;
  const named: TimelineFact = {
    ...fact,
    name: fact.approval?.tool ?? noTool,
    callId: id === undefined || id === "" ? `seq:${fact.seq}` : id,
    ...(fact.approval?.question === undefined ? {} : { summary: fact.approval.question }),
  };
  openSpan(draft, "wait", named, { key: waitsKey, parentId: parentOfWork(draft, fact, "wait") });
  if (draft.phase.echoes > 0) draft.setPhase({ ...draft.phase, echoes: 0 });
}

/**
 * A wait ends with the decision, whatever it is (ours name the request by its seq); only a timeout is a failure of the wait itself. Repeats
 * of the request under the same id end with it. An agent whose requests have no ids reports an answer given through us again, without an
 * id: that echo ends no other wait.
 */
export function decideWait(draft: TimelineDraft, fact: TimelineFact): void {
  const id = fact.approval?.id;
  const requestSeq = Number.isSafeInteger(fact.approval?.requestSeq) ? fact.approval?.requestSeq : undefined;
  const isNamed = requestSeq !== undefined || (id !== undefined && id !== "");
  const { phase } = draft;
  if (!isNamed && phase.echoes > 0) {
    draft.setPhase({ ...phase, echoes: phase.echoes - 1 });
    return;
  }
  const list = draft.openList(waitsKey);
  const found = list.find((index) => {
    const span = draft.span(index);
    if (requestSeq !== undefined) return span.openSeq === requestSeq;
    return isNamed ? span.callId === id : span.endMs === null;
  });
  if (found === undefined) return;
  const ended = draft.span(found);
  const isRepeated = (fact.approval?.decision ?? "answered") === "answered" && !isNamed && isQuestion(ended);
  endWaits(draft, fact, (span) => span.callId === ended.callId || (isRepeated && isSameQuestion(span, ended)));
  const { callId } = ended;
  if (isNamed && callId?.startsWith("seq:") === true) draft.setPhase({ ...phase, echoes: phase.echoes + 1 });
}

/**
 * If the sender has no event for decisions, a wait also ends with its tool's outcome (approvals/inferred.ts): the oldest wait for that
 * tool, or for any if none is named.
 */
export function endToldWait(draft: TimelineDraft, fact: TimelineFact): void {
  if (fact.approval?.decision === undefined) return;
  const { tool } = fact.approval;
  const name = tool === undefined ? null : clip(tool, nameLimit);
  const isMeant = (span: Span): boolean => span.endMs === null && (name === null || span.name === name);
  const found = draft.openList(waitsKey).find((index) => isMeant(draft.span(index)));
  if (found === undefined) return;
  // The tool's spending, words and errors are its own.
  const { usage: _, summary: __, error: ___, ...bare } = fact;
  const { callId } = draft.span(found);
  endWaits(draft, bare, (span) => span.callId === callId);
}

/** As in approvals (approvals/match.ts): the same question from the same agent, which named neither a tool nor an id. */
const isQuestion = ({ callId, name, summary }: Span): boolean => callId?.startsWith("seq:") === true && name === noTool && summary !== null;
const isSameQuestion = (span: Span, other: Span): boolean =>
  isQuestion(span) && span.endMs === null && span.summary === other.summary && span.agent === other.agent;

/** Ends all waits that an answer is for, including repeats of the question. */
function endWaits(draft: TimelineDraft, fact: TimelineFact, isFor: (span: Span) => boolean): void {
  const list = draft.openList(waitsKey);
  const isAnswered = (index: number): boolean => isFor(draft.span(index));
  draft.setOpen(
    waitsKey,
    list.filter((index) => !isAnswered(index)),
  );
  for (const index of list.filter(isAnswered))
    closeSpan(draft, index, fact, fact.approval?.decision === "timeout" ? "failed" : "succeeded");
}
