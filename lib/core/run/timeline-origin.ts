import { TimelineDraft, withoutWindow } from "./timeline-draft";
import { toFact } from "./timeline-fact";
import type { TimelineFact, TimelineState, TimelineStep } from "./timeline-state";
import { advance, apply, windowSize } from "./timeline-window";

/**
 * How a state was made: an earlier state, and the facts applied since, in the sender's order. As long as none comes late, which is nearly
 * always, this is enough to work out later how to revert each fact; recording that for each took a fifth of the fold.
 */
export type TimelineOrigin = {
  readonly base: TimelineState;
  /** The first `count` belong to this state; those after them to states built from it. */
  readonly facts: TimelineFact[];
  readonly count: number;
  /** How many of the facts are reduced to what is kept; those after them are whole events, which the next batch mostly discards. */
  readonly bareCount: number;
  /** The next base, once enough facts follow it, and how many precede it. */
  readonly next: { readonly base: TimelineState; readonly at: number } | null;
};

const origins = new WeakMap<TimelineState, TimelineOrigin>();

const bare = (fact: TimelineFact): TimelineFact => ("source" in fact ? toFact(fact) : fact);

/** A state that has its own window (empty, stored, or changed by a late fact) is its own base. */
function originOf(state: TimelineState): TimelineOrigin {
  return origins.get(state) ?? { base: state, facts: [], count: 0, bareCount: 0, next: null };
}

/** The last of the facts that a state was built from; null if none. */
export function lastFact(state: TimelineState): TimelineFact | null {
  const { base, facts, count } = originOf(state);
  return (count > 0 ? facts[count - 1] : base.window.at(-1)?.fact) ?? null;
}

/** The facts with others appended; in the same list, unless another state already extended it. */
function grown({ facts, count, bareCount }: TimelineOrigin, latest: readonly TimelineFact[]): TimelineFact[] {
  for (let at = bareCount; at < count; at += 1) facts[at] = bare(facts[at] as TimelineFact);
  const list = facts.length === count ? facts : facts.slice(0, count);
  for (const fact of latest) list.push(fact);
  return list;
}

/** The origin of the state after `state` and `latest`. */
function extended(state: TimelineState, latest: readonly TimelineFact[]): TimelineOrigin {
  const origin = originOf(state);
  const { count } = origin;
  const next = origin.next ?? (count < windowSize ? null : { base: withoutWindow(state), at: count });
  if (next === null || count + latest.length - next.at < windowSize)
    return { base: origin.base, facts: grown(origin, latest), count: count + latest.length, bareCount: count, next };
  const facts = origin.facts.slice(next.at, count).map(bare);
  const bareCount = facts.length;
  for (const fact of latest) facts.push(fact);
  return { base: next.base, facts, count: facts.length, bareCount, next: null };
}

/** Applies the facts so that the last of them can be reverted, after the window steps that the draft starts with. */
export function noteDown(draft: TimelineDraft, window: () => readonly TimelineStep[], facts: readonly TimelineFact[]): TimelineStep[] {
  const ready = Math.max(0, facts.length - windowSize);
  for (let at = 0; at < ready; at += 1) apply(draft, facts[at] as TimelineFact);
  draft.journal();
  const steps = ready > 0 ? [] : [...window()];
  for (let at = ready; at < facts.length; at += 1) advance(draft, steps, facts[at] as TimelineFact);
  return steps;
}

/** The last steps as they are kept: a step of the latest batch still holds the whole event. */
export function keptSteps(steps: readonly TimelineStep[]): TimelineStep[] {
  return steps.slice(-windowSize).map((step) => ("source" in step.fact ? { ...step, fact: toFact(step.fact) } : step));
}

function windowOf({ base, facts, count }: TimelineOrigin): TimelineStep[] {
  return keptSteps(noteDown(new TimelineDraft(base), () => base.window, facts.slice(0, count)));
}

/** The state after `state`, whose draft has applied `latest`, all in order. */
export function settleOnto(state: TimelineState, draft: TimelineDraft, latest: readonly TimelineFact[]): TimelineState {
  const origin = extended(state, latest);
  const after = draft.settle(() => windowOf(origin));
  origins.set(after, origin);
  return after;
}
