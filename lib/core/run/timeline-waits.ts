import type { TimelineDraft } from "./timeline-draft";
import { parentOfWork } from "./timeline-parents";
import { closeSpan, openSpan } from "./timeline-spans";
import type { TimelineFact } from "./timeline-state";

/** One list for all: a decision without an id goes to the oldest request still open. */
const waitsKey = "wait";

/** Requests without an id go by `seq:<seq>`, the key that their approval has. */
export function requestWait(draft: TimelineDraft, fact: TimelineFact): void {
  const id = fact.approval?.id;
  const named: TimelineFact = {
    ...fact,
    name: fact.approval?.tool ?? "human input",
    callId: id === undefined || id === "" ? `seq:${fact.seq}` : id,
    ...(fact.approval?.question === undefined ? {} : { summary: fact.approval.question }),
  };
  openSpan(draft, "wait", named, { key: waitsKey, parentId: parentOfWork(draft, fact, "wait") });
  if (draft.phase.echoes > 0) draft.setPhase({ ...draft.phase, echoes: 0 });
}

/**
 * A wait ends with the decision, whatever it was (ours name the request by its seq); only a timeout is a failure of the wait itself. An agent whose requests have
 * no ids reports the answer that a person gave through us once more, without an id: that echo ends no other wait.
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
  draft.setOpen(
    waitsKey,
    list.filter((index) => index !== found),
  );
  closeSpan(draft, found, fact, fact.approval?.decision === "timeout" ? "failed" : "succeeded");
  if (isNamed && draft.span(found).callId?.startsWith("seq:") === true) draft.setPhase({ ...phase, echoes: phase.echoes + 1 });
}
