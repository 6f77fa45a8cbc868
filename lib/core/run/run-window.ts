import type { ListChunk } from "./held-list";
import { listChunk, pruneList, widenList } from "./held-list";
import type { Held } from "./list-draft";
import type { RunState } from "./state";
import { TimelineDraft } from "./timeline-draft";
import type { Span, TimelineState } from "./timeline-state";
import type { TranscriptEntry, TranscriptState } from "./transcript-state";

/** At least as far back as an event looks for what it repeats. */
const entryTail = 32;

/**
 * What a stretch of a run's log did to the two lists that grow with the log. Consecutive chunks, with the pruned states at their ends, are
 * the run's whole past: any part of it can be assembled without folding.
 */
export type RunChunk = {
  /** Seq of its last event. */
  readonly seq: number;
  readonly spans: ListChunk<Span>;
  readonly entries: ListChunk<TranscriptEntry>;
};

/** A run's long lists, as far as they are held. */
export type HeldLists = { readonly spans: Held<Span>; readonly entries: Held<TranscriptEntry> };

/** A run as it is read: its state, with as much of the lists as the chunks restore. */
export type RunWindow = {
  /** Holds the lists from the last chunk's event on. */
  readonly state: RunState;
  /** What is held where the chunks begin. */
  readonly base: HeldLists;
  readonly chunks: readonly RunChunk[];
};

const spansOf = ({ spans, first, carried }: TimelineState): Held<Span> => held(spans, first, carried);
const entriesOf = ({ entries, first, carried }: TranscriptState): Held<TranscriptEntry> => held(entries, first, carried);

function held<T>(rows: readonly T[], first: number | undefined, carried: { readonly [index: string]: T } | undefined): Held<T> {
  return first === undefined ? { rows } : { rows, first, carried: carried ?? {} };
}

function withLists(state: RunState, spans: Held<Span>, entries: Held<TranscriptEntry>): RunState {
  const { first: _, carried: __, ...timeline } = state.timeline;
  const { first: ___, carried: ____, ...transcript } = state.transcript;
  const { rows: spanRows, ...spanPart } = spans;
  const { rows: entryRows, ...entryPart } = entries;
  return {
    ...state,
    timeline: { ...timeline, spans: spanRows, ...spanPart },
    transcript: { ...transcript, entries: entryRows, ...entryPart },
  };
}

/** Indexes of the spans that later events can change or read: all that any of the timeline's lists names. */
function* namedSpans({ open, index, agentSpans, window }: TimelineState): Iterable<number> {
  for (const list of Object.values(open)) yield* list;
  for (const list of Object.values(index)) yield* list;
  yield* Object.values(agentSpans);
  for (const { made, undo } of window) {
    yield* made;
    for (const entry of undo) {
      if (entry[0] === "span") yield entry[1];
      else if (entry[0] === "open" || entry[0] === "index") yield* entry[2] ?? [];
      else if (entry[0] === "agent" && entry[2] !== null) yield entry[2];
    }
  }
}

/** The named spans and all their ancestors, also as they were before anything that can be reverted. */
function liveSpans(timeline: TimelineState): Set<number> {
  const draft = new TimelineDraft(timeline);
  const live = new Set<number>();
  const waiting: number[] = [...namedSpans(timeline)];
  const addParent = (span: Span | null | undefined): void => {
    const parent = span?.parentId == null ? undefined : draft.indexOfId(span.parentId);
    if (parent !== undefined) waiting.push(parent);
  };
  for (const { undo } of timeline.window) for (const entry of undo) if (entry[0] === "span") addParent(entry[2]);
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (live.has(index)) continue;
    live.add(index);
    addParent(draft.find(index));
  }
  return live;
}

/** The state without the rows that no later event can change or read: all that further folding needs, however long the run. */
export function pruneRun(state: RunState): RunState {
  const { timeline, transcript } = state;
  return withLists(
    state,
    pruneList(spansOf(timeline), liveSpans(timeline), 0),
    pruneList(entriesOf(transcript), Object.values(transcript.open), entryTail),
  );
}

/** Events per chunk: a reader of any position waits for a fold of fewer than this. */
export const chunkEvents = 2_000;

/** The end of the last complete chunk at or before `seq`. */
export const chunkEndBefore = (seq: number): number => seq - (seq % chunkEvents);

/** What happened between a pruned state and the one folded from it. */
export function runChunk(before: RunState, after: RunState): RunChunk {
  return {
    seq: after.lifecycle.lastSeq,
    spans: listChunk(spansOf(before.timeline), spansOf(after.timeline)),
    entries: listChunk(entriesOf(before.transcript), entriesOf(after.transcript)),
  };
}

/** Separates the lists from the rest, so that each can be stored and read without the other. */
export function splitRun(state: RunState): { rest: RunState; held: HeldLists } {
  const none = { rows: [], first: 0, carried: {} };
  return { rest: withLists(state, none, none), held: { spans: spansOf(state.timeline), entries: entriesOf(state.transcript) } };
}

export function joinRun(rest: RunState, held: HeldLists): RunState {
  return withLists(rest, held.spans, held.entries);
}

/**
 * The state with its rows from further back: `base` is what was held where the chunks begin, and they lead up to the event at which `state`
 * was pruned before it was folded further.
 */
export function widenRun(state: RunState, base: HeldLists, chunks: readonly RunChunk[]): RunState {
  return withLists(
    state,
    widenList(
      spansOf(state.timeline),
      base.spans,
      chunks.map((chunk) => chunk.spans),
    ),
    widenList(
      entriesOf(state.transcript),
      base.entries,
      chunks.map((chunk) => chunk.entries),
    ),
  );
}

const shownSpans = new WeakMap<TimelineState, readonly Span[]>();

/** The held spans, in order. If the run is held from some event on, this includes earlier spans that were still open then. */
export function heldSpans(timeline: TimelineState): readonly Span[] {
  const { carried, spans } = timeline;
  if (carried === undefined) return spans;
  let shown = shownSpans.get(timeline);
  if (shown === undefined) {
    shown = [...Object.values(carried), ...spans];
    shownSpans.set(timeline, shown);
  }
  return shown;
}

/** When the held spans begin, if only the end of the run is held; spans already open then reach further back. Null = all are held. */
export function heldPart({ timeline, lifecycle }: RunState): { fromMs: number; startedAtMs: number | null } | null {
  const [first] = timeline.spans;
  return timeline.carried === undefined || first === undefined ? null : { fromMs: first.startMs, startedAtMs: lifecycle.startedAtMs };
}

/** The held entries, in the same way. */
export function heldEntries({ carried, entries }: TranscriptState): readonly TranscriptEntry[] {
  return carried === undefined ? entries : [...Object.values(carried), ...entries];
}

/** Seq of the event from which all rows are held; 1 = the whole run is held. */
export function heldFrom({ lifecycle, timeline, transcript }: RunState): number {
  if (!timeline.first && !transcript.first) return 1;
  const next = lifecycle.lastSeq + 1;
  const first = Math.min(timeline.spans[0]?.openSeq ?? next, transcript.entries[0]?.firstSeq ?? next);
  return chunkEndBefore(Math.max(0, first - 1)) + 1;
}
