import type { Span } from "@/lib/core/run/timeline-state";

/** No span: a root's parent, the end of a sibling list, a hidden row. */
export const NONE = -1;
const INITIAL_CAPACITY = 256;
/** Where parents appear after their children, a chain is followed this far and then taken for a loop. */
const MAX_LATE_PARENTS = 512;

type SiblingList = { first: number; last: number };

/**
 * Who is below whom, as index lists over `spans`, in order of first appearance. Kept between frames and brought up to date by
 * identity: the fold keeps untouched spans, so a frame costs one comparison per span plus the work for what really changed.
 */
export type SpanTree = {
  spans: readonly Span[];
  count: number;
  indexOfId: Map<string, number>;
  parent: Int32Array;
  firstChild: Int32Array;
  lastChild: Int32Array;
  nextSibling: Int32Array;
  roots: SiblingList;
  /** Spans whose declared parent is not there, or would close a loop. */
  unattached: SiblingList;
  /** Parent ids that somebody named and nobody has yet. */
  awaited: Set<string>;
  lateParents: boolean;
  failedCount: number;
  /** Earliest start and latest known time; Infinity and -Infinity while there is no span. */
  startMs: number;
  endMs: number;
};

export function createSpanTree(): SpanTree {
  return {
    spans: [],
    count: 0,
    indexOfId: new Map(),
    parent: new Int32Array(INITIAL_CAPACITY),
    firstChild: new Int32Array(INITIAL_CAPACITY),
    lastChild: new Int32Array(INITIAL_CAPACITY),
    nextSibling: new Int32Array(INITIAL_CAPACITY),
    roots: { first: NONE, last: NONE },
    unattached: { first: NONE, last: NONE },
    awaited: new Set(),
    lateParents: false,
    failedCount: 0,
    startMs: Number.POSITIVE_INFINITY,
    endMs: Number.NEGATIVE_INFINITY,
  };
}

/**
 * Makes `tree` mirror `spans` exactly, whatever it mirrored before.
 * Gives the index of every span that is new or not the same object as last time.
 */
export function updateSpanTree(tree: SpanTree, spans: readonly Span[]): readonly number[] {
  if (tree.spans === spans) return [];
  if (spans.length < tree.count) Object.assign(tree, createSpanTree());
  const known = tree.count;
  const touched: number[] = [];
  const changed = readChanged(tree, spans, touched);
  grow(tree, spans.length);
  let relink = changed.relink;
  for (let i = known; i < spans.length; i++) {
    const span = spans[i] as Span;
    touched.push(i);
    if (!tree.indexOfId.has(span.id)) tree.indexOfId.set(span.id, i);
    if (tree.awaited.has(span.id)) relink = true;
    if (span.status === "failed") tree.failedCount++;
    stretch(tree, span);
  }
  tree.spans = spans;
  tree.count = spans.length;
  if (changed.edgeMoved) measureAll(tree);
  if (relink) relinkAll(tree);
  else for (let i = known; i < spans.length; i++) link(tree, i);
  return touched;
}

/** Goes over the spans known before and says what has to be redone because one of them is another object now. */
function readChanged(tree: SpanTree, spans: readonly Span[], touched: number[]) {
  let relink = false;
  let edgeMoved = false;
  for (let i = 0; i < tree.count; i++) {
    const before = tree.spans[i] as Span;
    const after = spans[i] as Span;
    if (before === after) continue;
    touched.push(i);
    if (before.id !== after.id || before.parentId !== after.parentId) relink = true;
    if (before.startMs === tree.startMs || (before.endMs ?? before.startMs) === tree.endMs) edgeMoved = true;
    tree.failedCount += Number(after.status === "failed") - Number(before.status === "failed");
    stretch(tree, after);
  }
  return { relink, edgeMoved };
}

function stretch(tree: SpanTree, span: Span): void {
  if (span.startMs < tree.startMs) tree.startMs = span.startMs;
  const endMs = span.endMs ?? span.startMs;
  if (endMs > tree.endMs) tree.endMs = endMs;
}

function measureAll(tree: SpanTree): void {
  tree.startMs = Number.POSITIVE_INFINITY;
  tree.endMs = Number.NEGATIVE_INFINITY;
  for (const span of tree.spans) stretch(tree, span);
}

function relinkAll(tree: SpanTree): void {
  tree.indexOfId.clear();
  tree.spans.forEach((span, index) => {
    if (!tree.indexOfId.has(span.id)) tree.indexOfId.set(span.id, index);
  });
  tree.roots = { first: NONE, last: NONE };
  tree.unattached = { first: NONE, last: NONE };
  tree.awaited.clear();
  tree.lateParents = false;
  tree.firstChild.fill(NONE, 0, tree.count);
  for (let i = 0; i < tree.count; i++) link(tree, i);
}

/** Appends span `i` to its parent's children. Called in index order, which is what keeps siblings in order of appearance. */
function link(tree: SpanTree, i: number): void {
  const { parentId } = tree.spans[i] as Span;
  const parent = parentId === null ? NONE : hangingPoint(tree, i, parentId);
  tree.nextSibling[i] = NONE;
  tree.parent[i] = parent ?? NONE;
  if (parent === null) append(tree, tree.unattached, i);
  else if (parent === NONE) append(tree, tree.roots, i);
  else {
    if (tree.firstChild[parent] === NONE) tree.firstChild[parent] = i;
    else tree.nextSibling[tree.lastChild[parent] as number] = i;
    tree.lastChild[parent] = i;
  }
}

/** Where span `i` hangs, or null when its parent is not there or hangs below it. */
function hangingPoint(tree: SpanTree, i: number, parentId: string): number | null {
  const parent = tree.indexOfId.get(parentId);
  if (parent === undefined) tree.awaited.add(parentId);
  return parent === undefined || closesLoop(tree, i, parent) ? null : parent;
}

function append(tree: SpanTree, list: SiblingList, i: number): void {
  if (list.first === NONE) list.first = i;
  else tree.nextSibling[list.last] = i;
  list.last = i;
}

/** A loop needs a parent that appeared after its child: until there is one, nothing has to be walked. */
function closesLoop(tree: SpanTree, i: number, parent: number): boolean {
  if (parent === i) return true;
  if (parent > i) tree.lateParents = true;
  if (!tree.lateParents) return false;
  let at = parent;
  for (let step = 0; at !== NONE; step++) {
    if (at === i || step === MAX_LATE_PARENTS) return true;
    at = at < i ? (tree.parent[at] as number) : declaredParent(tree, at);
  }
  return false;
}

function declaredParent(tree: SpanTree, i: number): number {
  const { parentId } = tree.spans[i] as Span;
  return parentId === null ? NONE : (tree.indexOfId.get(parentId) ?? NONE);
}

function grow(tree: SpanTree, needed: number): void {
  if (tree.parent.length < needed) {
    const capacity = Math.max(needed, tree.parent.length * 2);
    for (const key of ["parent", "firstChild", "lastChild", "nextSibling"] as const) {
      const next = new Int32Array(capacity);
      next.set(tree[key]);
      tree[key] = next;
    }
  }
  tree.firstChild.fill(NONE, tree.count, needed);
}
