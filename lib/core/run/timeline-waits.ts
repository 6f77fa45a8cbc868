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
 * A wait ends with the decision, whatever it was; only a timeout is a failure of the wait itself. An agent whose requests have
 * no ids reports the answer that a person gave through us once more, without an id: that echo ends no other wait.
 */
export function decideWait(draft: TimelineDraft, fact: TimelineFact): void {
  const id = fact.approval?.id;
  const isNamed = id !== undefined && id !== "";
  const { phase } = draft;
  if (!isNamed && phase.echoes > 0) {
    draft.setPhase({ ...phase, echoes: phase.echoes - 1 });
    return;
  }
  const list = draft.openList(waitsKey);
  const found = isNamed ? list.find((index) => draft.span(index).callId === id) : list.find((index) => draft.span(index).endMs === null);
  if (found === undefined) return;
  draft.setOpen(
    waitsKey,
    list.filter((index) => index !== found),
  );
  closeSpan(draft, found, fact, fact.approval?.decision === "timeout" ? "failed" : "succeeded");
  if (isNamed && id.startsWith("seq:")) draft.setPhase({ ...phase, echoes: phase.echoes + 1 });
}
