import type { LoggedEvent } from "../events/logged";
import { compareOrder } from "./order-key";
import { TimelineDraft, withoutWindow } from "./timeline-draft";
import { concernsTimeline, factOf } from "./timeline-fact";
import { keptSteps, lastFact, noteDown, settleOnto } from "./timeline-origin";
import type { TimelineFact, TimelineState, TimelineStep } from "./timeline-state";
import { advance, apply, windowSize } from "./timeline-window";

/** How far the window may outgrow its size within a batch before it is trimmed. */
const slack = 4_096;
/** How many facts beyond the window wait before they are applied. */
const waitingSlack = 512;

export function emptyTimeline(): TimelineState {
  return { spans: [], open: {}, agentSpans: {}, index: {}, phase: { ended: null, started: false, echoes: 0 }, window: [] };
}

/**
 * Tree and waterfall, batch by batch: what ran when, and below what. Facts are applied in the sender's order, even those that arrive late.
 * How to revert them is recorded only once a late one arrives, and only for the facts that it can still reach: those wait until enough
 * others have followed.
 */
export class TimelineFold {
  /** What the draft started from. */
  #from: TimelineState;
  #draft: TimelineDraft | null = null;
  /** In order, not applied yet; null once facts are journaled. */
  #waiting: TimelineFact[] | null = [];
  #window: TimelineStep[] = [];
  #last: TimelineFact | null;
  #applied = false;

  constructor(slice: TimelineState) {
    this.#from = slice;
    this.#last = lastFact(slice);
  }

  take(events: readonly LoggedEvent[]): void {
    for (const event of events) if (concernsTimeline(event)) this.#add(factOf(event));
    const waiting = this.#waiting;
    if (waiting === null || waiting.length <= windowSize + waitingSlack) return;
    const ready = waiting.length - windowSize;
    this.#applyAll(waiting.slice(0, ready));
    this.#applied = true;
    this.#waiting = waiting.slice(ready);
  }

  settle(): TimelineState {
    const waiting = this.#waiting;
    if (waiting === null) {
      const window = keptSteps(this.#window);
      return this.#drafted().settle(() => window);
    }
    if (this.#applied) {
      // Enough facts wait to fill the window: it begins after what was applied before them.
      this.#from = withoutWindow(this.#drafted().settle(() => []));
      this.#draft = null;
    }
    if (waiting.length === 0) return this.#from;
    this.#applyAll(waiting);
    return settleOnto(this.#from, this.#drafted(), waiting);
  }

  #add(fact: TimelineFact): void {
    if (this.#waiting !== null && (this.#last === null || compareOrder(fact, this.#last) >= 0)) {
      this.#last = fact;
      this.#waiting.push(fact);
      return;
    }
    this.#noteDown();
    this.#advance(fact);
  }

  /** Applies the waiting facts so that they can be reverted. */
  #noteDown(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = null;
    this.#window = noteDown(this.#drafted(), () => (this.#applied ? [] : this.#from.window), waiting);
  }

  #applyAll(facts: readonly TimelineFact[]): void {
    const draft = this.#drafted();
    for (const fact of facts) apply(draft, fact);
  }

  #advance(fact: TimelineFact): void {
    advance(this.#drafted(), this.#window, fact);
    if (this.#window.length > windowSize + slack) this.#window = this.#window.slice(-windowSize);
  }

  #drafted(): TimelineDraft {
    this.#draft ??= new TimelineDraft(this.#from);
    return this.#draft;
  }
}
