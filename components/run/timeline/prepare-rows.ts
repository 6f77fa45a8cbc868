import type { Span, TimelineState } from "@/lib/core/run/timeline-state";
import { createSpanTree, NONE, type SpanTree, updateSpanTree } from "./span-tree";

/** Stands in `order` for the row above spans whose declared parent has not been seen. */
export const UNATTACHED = -2;
export const UNATTACHED_ID = "unattached";

/** The part of the timeline that rows are made of. */
export type Spans = Pick<TimelineState, "spans">;

export type RowOptions = {
  /** Ids of collapsed spans. */
  readonly collapsed: ReadonlySet<string>;
  readonly errorsOnly: boolean;
  /** Matched without case against name, agent, summary and error; "" = everything. */
  readonly search: string;
};

export type PreparedRows = {
  readonly spans: readonly Span[];
  /** Index into `spans`, or UNATTACHED, row by row. */
  readonly order: Int32Array;
  readonly depth: Uint16Array;
  /** Bits of `rowFlags`, row by row. */
  readonly flags: Uint8Array;
  /** Row of each span, NONE while it is hidden. */
  readonly rowOfSpan: Int32Array;
  /** Spans that pass the filter; 0 without one. */
  readonly matches: number;
  readonly failed: number;
  /** Earliest start and latest known time; null without spans. */
  readonly startMs: number | null;
  readonly endMs: number | null;
};

export const rowFlags = { hasChildren: 1, collapsed: 2, context: 4, failedBelow: 8 } as const;

const MAX_DEPTH = 65_535;

/** Why a span is drawn: not at all, as the way to something that matches, or for itself. */
const keeps = { no: 0, context: 1, match: 2 } as const;

type Hits = { query: string; hit: Uint8Array };
type Marks = { keep: Uint8Array | null; failedBelow: Uint8Array; matches: number };

/**
 * Tree order, depth and flags of every row to draw. The answer depends on the arguments alone; what is kept between calls only
 * saves work, so that a live run pays for what changed (an array of 40,000 spans is compared by identity, not read again).
 */
export function createRowPreparer(): (timeline: Spans, options: RowOptions) => PreparedRows {
  const tree = createSpanTree();
  const hits: Hits = { query: "", hit: new Uint8Array(0) };
  return ({ spans }, options) => {
    const touched = updateSpanTree(tree, spans);
    updateHits(hits, { spans, touched, query: options.search.trim().toLowerCase() });
    return layOut(tree, options, markRows(tree, options, hits));
  };
}

export function prepareRows(timeline: Spans, options: RowOptions): PreparedRows {
  return createRowPreparer()(timeline, options);
}

/** Asks the query again only for spans that changed, unless it is another query. */
function updateHits(hits: Hits, next: { spans: readonly Span[]; touched: readonly number[]; query: string }): void {
  const { spans, touched, query } = next;
  const sameQuery = hits.query === query;
  hits.query = query;
  if (query === "") return;
  if (hits.hit.length < spans.length) {
    const grown = new Uint8Array(Math.max(spans.length, hits.hit.length * 2));
    grown.set(hits.hit);
    hits.hit = grown;
  }
  const ask = (i: number) => {
    hits.hit[i] = Number(matchesSpan(spans[i] as Span, query));
  };
  if (sameQuery) touched.forEach(ask);
  else for (let i = 0; i < spans.length; i++) ask(i);
}

function matchesSpan(span: Span, lowerQuery: string): boolean {
  return (
    span.name.toLowerCase().includes(lowerQuery) ||
    (span.agent?.toLowerCase().includes(lowerQuery) ?? false) ||
    (span.summary?.toLowerCase().includes(lowerQuery) ?? false) ||
    (span.error?.toLowerCase().includes(lowerQuery) ?? false)
  );
}

function markRows(tree: SpanTree, options: RowOptions, hits: Hits): Marks {
  const filtered = options.errorsOnly || hits.query !== "";
  const keep = filtered ? new Uint8Array(tree.count) : null;
  const failedBelow = new Uint8Array(tree.count);
  let matches = 0;
  if (!keep && tree.failedCount === 0) return { keep, failedBelow, matches };
  for (let i = 0; i < tree.count; i++) {
    const failed = (tree.spans[i] as Span).status === "failed";
    if (failed) markAbove(tree, i, failedBelow, 1);
    if (!keep || (options.errorsOnly && !failed) || (hits.query !== "" && hits.hit[i] !== 1)) continue;
    keep[i] = keeps.match;
    matches++;
    markAbove(tree, i, keep, keeps.context);
  }
  return { keep, failedBelow, matches };
}

/** Stops at the first ancestor that is marked: everything above it is marked too. */
function markAbove(tree: SpanTree, i: number, marks: Uint8Array, mark: number): void {
  for (let up = tree.parent[i] as number; up !== NONE && marks[up] === 0; up = tree.parent[up] as number) marks[up] = mark;
}

/** Walks the tree by its links, without recursion: a run may nest deeper than the call stack. */
function layOut(tree: SpanTree, options: RowOptions, marks: Marks): PreparedRows {
  const order = new Int32Array(tree.count + 1);
  const depth = new Uint16Array(tree.count + 1);
  const flags = new Uint8Array(tree.count + 1);
  const rowOfSpan = new Int32Array(tree.count).fill(NONE);
  let rows = 0;

  const put = (index: number, level: number, bits: number) => {
    order[rows] = index;
    depth[rows] = Math.min(level, MAX_DEPTH);
    flags[rows] = bits;
    rows++;
  };
  const walk = (first: number, baseLevel: number) => {
    let at = first;
    let level = baseLevel;
    while (at !== NONE) {
      const bits = rowBits(tree, at, options, marks);
      const shown = marks.keep === null || marks.keep[at] !== keeps.no;
      if (shown) {
        rowOfSpan[at] = rows;
        put(at, level, bits);
      }
      const child = tree.firstChild[at] as number;
      if (shown && child !== NONE && !(bits & rowFlags.collapsed)) {
        at = child;
        level++;
        continue;
      }
      while (tree.nextSibling[at] === NONE && level > baseLevel) {
        at = tree.parent[at] as number;
        level--;
      }
      at = tree.nextSibling[at] as number;
    }
  };

  walk(tree.roots.first, 0);
  if (tree.unattached.first !== NONE) {
    const folded = marks.keep === null && options.collapsed.has(UNATTACHED_ID);
    const groupRow = rows;
    put(UNATTACHED, 0, rowFlags.hasChildren | (folded ? rowFlags.collapsed : 0));
    if (!folded) walk(tree.unattached.first, 1);
    if (marks.keep && rows === groupRow + 1) rows = groupRow;
  }
  return {
    spans: tree.spans,
    order: order.subarray(0, rows),
    depth,
    flags,
    rowOfSpan,
    matches: marks.matches,
    failed: tree.failedCount,
    startMs: tree.count > 0 ? tree.startMs : null,
    endMs: tree.count > 0 ? tree.endMs : null,
  };
}

/** While a filter is on, nothing is collapsed: what was found has to be in sight. */
function rowBits(tree: SpanTree, i: number, options: RowOptions, marks: Marks): number {
  let bits = marks.failedBelow[i] ? rowFlags.failedBelow : 0;
  if (marks.keep) return marks.keep[i] === keeps.context ? bits | rowFlags.context : bits;
  if (tree.firstChild[i] !== NONE) {
    bits |= rowFlags.hasChildren;
    if (options.collapsed.size > 0 && options.collapsed.has((tree.spans[i] as Span).id)) bits |= rowFlags.collapsed;
  }
  return bits;
}
