import { compareOrder } from "./order-key";
import { applyFact } from "./timeline-apply";
import type { TimelineDraft } from "./timeline-draft";
import type { SpanKind, TimelineFact, TimelineStep } from "./timeline-state";

/** How many facts back a late event can still be put in its place. */
export const windowSize = 256;
const noPlan: readonly number[] = [];

function applyStep(draft: TimelineDraft, fact: TimelineFact, planned: readonly number[]): TimelineStep {
  draft.begin(planned);
  applyFact(draft, fact);
  const { made, undo } = draft.commit();
  return { fact, made, undo };
}

function takeBack(draft: TimelineDraft, steps: readonly TimelineStep[]): void {
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step !== undefined) draft.revert(step.undo);
  }
}

/**
 * Which index every span gets when facts are applied in a new order. A fact keeps the indexes that it made before; one that
 * newly makes a span takes an index of that kind that has become free (a late start takes over the span of its lone end); what
 * is left over goes to the end. So an index, once handed out, stays with a span.
 */
function planIndexes(
  before: readonly (readonly number[])[],
  trial: readonly (readonly SpanKind[])[],
  draft: TimelineDraft,
  length: number,
) {
  const plan = trial.map((kinds, at) => {
    const own = [...(before[at] ?? noPlan)];
    const slots = kinds.map((kind) => {
      const found = own.findIndex((index) => draft.span(index).kind === kind);
      return found < 0 ? null : (own.splice(found, 1)[0] ?? null);
    });
    return { kinds, slots, freed: own };
  });
  const freed = plan.flatMap((entry) => entry.freed);
  let next = length;
  return plan.map(({ kinds, slots }) =>
    slots.map((slot, nth) => {
      if (slot !== null) return slot;
      const found = freed.findIndex((index) => draft.span(index).kind === kinds[nth]);
      return found < 0 ? next++ : (freed.splice(found, 1)[0] ?? next++);
    }),
  );
}

/** Takes back the steps from `position` on, and applies them again with the late fact before them. */
function applyLate(draft: TimelineDraft, window: TimelineStep[], position: number, fact: TimelineFact): void {
  const after = window.splice(position);
  const facts = [fact, ...after.map((step) => step.fact)];
  const before = [noPlan, ...after.map((step) => step.made)];
  const length = draft.length;
  takeBack(draft, after);
  const trial: TimelineStep[] = [];
  // The trial finds out which facts make spans now; its own spans lie beyond `length` and are dropped.
  for (const each of facts) trial.push(applyStep(draft, each, noPlan));
  const kinds = trial.map((step) => step.made.map((index) => draft.span(index).kind));
  takeBack(draft, trial);
  draft.cutTo(length);
  draft.arrive(fact.seq);
  const plan = planIndexes(before, kinds, draft, length);
  facts.forEach((each, at) => {
    window.push(applyStep(draft, each, plan[at] ?? noPlan));
  });
}

/** Adds one event to the window at its place in the sender's order and applies it. Returns whether others had to be taken back. */
export function advance(draft: TimelineDraft, window: TimelineStep[], event: TimelineFact): boolean {
  const oldest = Math.max(0, window.length - windowSize);
  let position = window.length;
  while (position > oldest && compareOrder(event, window[position - 1]?.fact ?? event) < 0) position -= 1;
  draft.arrive(event.seq);
  if (position === window.length) {
    window.push(applyStep(draft, event, noPlan));
    return false;
  }
  applyLate(draft, window, position, event);
  return true;
}
