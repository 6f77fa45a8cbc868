import type { LoggedEvent } from "../events/logged";
import { compareOrder } from "./order-key";
import { TimelineDraft } from "./timeline-draft";
import { concernsTimeline, factOf, toFact } from "./timeline-fact";
import type { TimelineFact, TimelineState, TimelineStep } from "./timeline-state";
import { advance, apply, windowSize } from "./timeline-window";

/** How far the window may grow inside a batch before it is cut back to its size. */
const slack = 4_096;
/** How many facts more than the window wait before they are applied. */
const waitingSlack = 512;

export function emptyTimeline(): TimelineState {
  return { spans: [], open: {}, agentSpans: {}, index: {}, phase: { ended: null, started: false, echoes: 0 }, window: [] };
}

/** A step of this batch still holds the whole event; one that was stored holds a fact. */
function settleStep(step: TimelineStep): TimelineStep {
  return "source" in step.fact ? { fact: toFact(step.fact), made: step.made, undo: step.undo } : step;
}

/**
 * Tree and waterfall, batch by batch: what ran when, below what. Facts are applied in the sender's order, also those that arrive
 * late. What can be taken back is noted down only for the facts that a late one can still reach: those wait until enough others came
 * after them.
 */
export class TimelineFold {
  readonly #slice: TimelineState;
  #draft: TimelineDraft | null = null;
  /** In order, not applied yet; null once facts are noted down. */
  #waiting: TimelineFact[] | null = [];
  #window: TimelineStep[] = [];
  #last: TimelineFact | undefined;
  #applied = false;

  constructor(slice: TimelineState) {
    this.#slice = slice;
    this.#last = slice.window.at(-1)?.fact;
  }

  take(events: readonly LoggedEvent[]): void {
    for (const event of events) if (concernsTimeline(event)) this.#add(factOf(event));
    const waiting = this.#waiting;
    if (waiting === null || waiting.length <= windowSize + waitingSlack) return;
    const draft = this.#drafted();
    const ready = waiting.length - windowSize;
    for (let at = 0; at < ready; at += 1) apply(draft, waiting[at] as TimelineFact);
    this.#applied = true;
    this.#waiting = waiting.slice(ready);
  }

  settle(): TimelineState {
    const isUntouched = this.#draft === null && this.#waiting?.length === 0;
    if (isUntouched) return this.#slice;
    this.#noteDown();
    return this.#drafted().settle(this.#window.slice(-windowSize).map(settleStep));
  }

  #add(fact: TimelineFact): void {
    if (this.#waiting !== null && (this.#last === undefined || compareOrder(fact, this.#last) >= 0)) {
      this.#last = fact;
      this.#waiting.push(fact);
      return;
    }
    this.#noteDown();
    this.#advance(fact);
  }

  /** Applies what waits so that it can be taken back, and all that follows. */
  #noteDown(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    const draft = this.#drafted();
    const ready = Math.max(0, waiting.length - windowSize);
    for (let at = 0; at < ready; at += 1) apply(draft, waiting[at] as TimelineFact);
    this.#waiting = null;
    draft.journal();
    this.#window = this.#applied || ready > 0 ? [] : [...this.#slice.window];
    for (let at = ready; at < waiting.length; at += 1) this.#advance(waiting[at] as TimelineFact);
  }

  #advance(fact: TimelineFact): void {
    advance(this.#drafted(), this.#window, fact);
    if (this.#window.length > windowSize + slack) this.#window = this.#window.slice(-windowSize);
  }

  #drafted(): TimelineDraft {
    this.#draft ??= new TimelineDraft(this.#slice);
    return this.#draft;
  }
}
