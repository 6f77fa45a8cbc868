import type { Span } from "../run/timeline-state";
import { type AlignedPair, align } from "./align";

export type ComparedStep = {
  readonly a: Span | null;
  readonly b: Span | null;
  /** `same` = both took this step; `changed` = each took a different step of the same kind here; otherwise only one of them took it. */
  readonly kind: "same" | "changed" | "only-a" | "only-b";
  /** How a step that both took differs, apart from its duration: its model, its outcome, its input or what it said. */
  readonly differs: readonly StepDifference[];
};

export type StepDifference = "name" | "outcome" | "content";

export type StepComparison = {
  readonly rows: readonly ComparedStep[];
  readonly counts: { readonly same: number; readonly changed: number; readonly onlyA: number; readonly onlyB: number };
  /** Steps of each run left out because there are too many; 0 = none. */
  readonly cut: { readonly a: number; readonly b: number };
};

/** How many steps of each run are compared; the rest are left out and counted. */
const mostSteps = 100_000;

/** The steps of two runs side by side, in order of their first events. */
export function compareSteps(a: readonly Span[], b: readonly Span[]): StepComparison {
  const [first, second] = [a.slice(0, mostSteps), b.slice(0, mostSteps)];
  const counts = { same: 0, changed: 0, onlyA: 0, onlyB: 0 };
  const rows = pairSorts(align(first.map(stepKey), second.map(stepKey)), first, second).map((pair): ComparedStep => {
    const mine = pair.a === null ? null : (first[pair.a] ?? null);
    const theirs = pair.b === null ? null : (second[pair.b] ?? null);
    if (pair.same && mine && theirs) {
      counts.same++;
      return { a: mine, b: theirs, kind: "same", differs: differencesOf(mine, theirs) };
    }
    if (mine && theirs) {
      counts.changed++;
      return { a: mine, b: theirs, kind: "changed", differs: [] };
    }
    if (mine) counts.onlyA++;
    else counts.onlyB++;
    return { a: mine, b: theirs, kind: mine ? "only-a" : "only-b", differs: [] };
  });
  return { rows, counts, cut: { a: a.length - first.length, b: b.length - second.length } };
}

/**
 * Between steps that both took, pairs a tool call with a tool call, never with an agent: steps of different kinds have nothing to compare.
 */
function pairSorts(pairs: readonly AlignedPair[], a: readonly Span[], b: readonly Span[]): readonly AlignedPair[] {
  const paired: AlignedPair[] = [];
  for (let at = 0; at < pairs.length; ) {
    let end = at;
    while (end < pairs.length && !pairs[end]?.same) end += 1;
    const stretch = pairs.slice(at, end);
    const mine = stretch.flatMap((pair) => pair.a ?? []);
    const theirs = stretch.flatMap((pair) => pair.b ?? []);
    const sortsOf = (spans: readonly Span[], indexes: readonly number[]) => indexes.map((index) => spans[index]?.kind ?? "");
    for (const pair of align(sortsOf(a, mine), sortsOf(b, theirs))) {
      const [left, right] = [pair.a === null ? null : (mine[pair.a] ?? null), pair.b === null ? null : (theirs[pair.b] ?? null)];
      if (pair.same || left === null || right === null) paired.push({ a: left, b: right, same: false });
      else paired.push({ a: left, b: null, same: false }, { a: null, b: right, same: false });
    }
    const both = pairs[end];
    if (both) paired.push(both);
    at = end + 1;
  }
  return paired;
}

/** Whether this row matters to a reader who looks for differences. */
export function isDifferent({ kind, differs }: ComparedStep): boolean {
  return kind !== "same" || differs.includes("name") || differs.includes("outcome");
}

/** What makes two steps the same: a call of the same tool, or a call of any model by the same agent. */
function stepKey({ kind, name, agent }: Span): string {
  if (kind === "model") return `model ${agent ?? ""}`;
  return kind === "wait" ? "wait" : `${kind} ${name}`;
}

function differencesOf(a: Span, b: Span): readonly StepDifference[] {
  const found: StepDifference[] = [];
  if (a.name !== b.name) found.push("name");
  const bothEnded = a.endMs !== null && b.endMs !== null;
  if (bothEnded && (a.status !== b.status || a.error !== b.error)) found.push("outcome");
  if (a.summary !== b.summary) found.push("content");
  return found.length === 0 ? alike : found;
}

const alike: readonly StepDifference[] = [];
