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

type Plan = readonly (readonly number[])[];

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((index, at) => index === b[at]);

/**
 * Which index every span gets when facts are applied in a new order. A fact keeps the indexes it had before. One that now creates a new
 * span takes over a freed index of that kind (a late start takes over the span of its lone end); what remains is appended. So an index
 * stays with its span.
 */
function planIndexes(before: Plan, kinds: readonly (readonly SpanKind[])[], draft: TimelineDraft): Plan {
  const slots = kinds.map((made, at) => {
    const own = [...(before[at] ?? noPlan)];
    const kept = made.map((kind) => {
      const found = own.findIndex((index) => draft.span(index).kind === kind);
      return found < 0 ? null : (own.splice(found, 1)[0] ?? null);
    });
    return { made, kept, freed: own };
  });
  const freed = slots.flatMap((slot) => slot.freed);
  let next = draft.length;
  const take = (kind: SpanKind | undefined): number => {
    const found = freed.findIndex((index) => draft.span(index).kind === kind);
    return (found < 0 ? undefined : freed.splice(found, 1)[0]) ?? next++;
  };
  return slots.map(({ made, kept }) => kept.map((index, nth) => index ?? take(made[nth])));
}

/**
 * Reverts the steps from `position` on, and reapplies them after the late fact. Usually every fact recreates what it created before; if one
 * does not, the first attempt only shows which fact creates what, and a second one follows the plan.
 */
function applyLate(draft: TimelineDraft, window: TimelineStep[], position: number, fact: TimelineFact): void {
  const after = window.splice(position);
  const facts = [fact, ...after.map((step) => step.fact)];
  const before = [noPlan, ...after.map((step) => step.made)];
  const { length } = draft;
  takeBack(draft, after);
  const attempt = facts.map((each, at) => applyStep(draft, each, before[at] ?? noPlan));
  if (attempt.every((step, at) => at === 0 || isSame(step.made, before[at] ?? noPlan))) {
    window.push(...attempt);
    return;
  }
  takeBack(draft, attempt);
  draft.cutTo(length);
  draft.arrive(fact.seq);
  const trial = facts.map((each) => applyStep(draft, each, noPlan));
  const kinds = trial.map((step) => step.made.map((index) => draft.span(index).kind));
  takeBack(draft, trial);
  draft.cutTo(length);
  draft.arrive(fact.seq);
  const plan = planIndexes(before, kinds, draft);
  window.push(...facts.map((each, at) => applyStep(draft, each, plan[at] ?? noPlan)));
}

/** Applies a fact that comes after all others and that none will precede. */
export function apply(draft: TimelineDraft, fact: TimelineFact): void {
  draft.arrive(fact.seq);
  applyFact(draft, fact);
}

/** Inserts one event into the window at its place in the sender's order and applies it, reverting and reapplying what follows. */
export function advance(draft: TimelineDraft, window: TimelineStep[], event: TimelineFact): void {
  const oldest = Math.max(0, window.length - windowSize);
  let position = window.length;
  while (position > oldest && compareOrder(event, window[position - 1]?.fact ?? event) < 0) position -= 1;
  draft.arrive(event.seq);
  if (position === window.length) window.push(applyStep(draft, event, noPlan));
  else applyLate(draft, window, position, event);
}
