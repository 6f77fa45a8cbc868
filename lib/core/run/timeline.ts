import type { LoggedEvent } from "../events/logged";
import { TimelineDraft } from "./timeline-draft";
import { concernsTimeline, factOf, toFact } from "./timeline-fact";
import type { TimelineState, TimelineStep } from "./timeline-state";
import { advance, windowSize } from "./timeline-window";

/** How far the window may grow inside a batch before it is cut back to its size. */
const slack = 4_096;

export function emptyTimeline(): TimelineState {
  return { spans: [], open: {}, agentSpans: {}, index: {}, phase: { ended: null, started: false, echoes: 0 }, window: [] };
}

/** A step of this batch still holds the whole event; one that was stored holds a fact. */
function settleStep(step: TimelineStep): TimelineStep {
  return "source" in step.fact ? { ...step, fact: toFact(step.fact) } : step;
}

/** Tree and waterfall: what ran when, below what. Facts are applied in the sender's order, also those that arrive late. */
export function evolveTimeline(slice: TimelineState, events: readonly LoggedEvent[]): TimelineState {
  let draft: TimelineDraft | null = null;
  let window: TimelineStep[] = [];
  for (const event of events) {
    if (!concernsTimeline(event)) continue;
    if (draft === null) {
      draft = new TimelineDraft(slice);
      window = [...slice.window];
    }
    advance(draft, window, factOf(event));
    if (window.length > windowSize + slack) window = window.slice(-windowSize);
  }
  if (draft === null) return slice;
  return draft.settle(window.slice(-windowSize).map(settleStep));
}
