import { GrownList } from "./grown-list";
import { GrownRecord } from "./grown-record";
import { KeyedDraft } from "./keyed-draft";
import { ListDraft, settledList } from "./list-draft";
import type { Span, SpanKind, TimelinePhase, TimelineState, TimelineUndo } from "./timeline-state";
import { withItem } from "./with-item";

type Indexes = readonly number[];
export type MutableSpan = { -readonly [K in keyof Span]: Span[K] };
const none: Indexes = [];
const nothing: readonly TimelineUndo[] = [];
/** The parts of states folded here that grow with the run, until somebody reads them. */
type Grown = {
  readonly spans: GrownList<Span>;
  readonly open: GrownRecord<Indexes>;
  readonly index: GrownRecord<Indexes>;
  readonly agentSpans: GrownRecord<number>;
};
const grown = new WeakMap<TimelineState, Grown>();

function grownOf(state: TimelineState): Grown {
  return (
    grown.get(state) ?? {
      spans: GrownList.of(state.spans),
      open: GrownRecord.of(state.open),
      index: GrownRecord.of(state.index),
      agentSpans: GrownRecord.of(state.agentSpans),
    }
  );
}

const noKinds: readonly SpanKind[] = [];

type SpanPart = Pick<TimelineState, "first" | "carried">;

function settled(parts: Grown, { first, carried }: SpanPart, phase: TimelinePhase, window: () => TimelineState["window"]): TimelineState {
  let steps: TimelineState["window"] | null = null;
  const state: TimelineState = {
    get spans() {
      return parts.spans.rows;
    },
    ...(first === undefined ? {} : { first, carried }),
    get open() {
      return parts.open.record;
    },
    get agentSpans() {
      return parts.agentSpans.record;
    },
    get index() {
      return parts.index.record;
    },
    phase,
    get window() {
      steps ??= window();
      return steps;
    },
  };
  grown.set(state, parts);
  return state;
}

/** The same state without its window: it references nothing that the state was built from. */
export function withoutWindow(state: TimelineState): TimelineState {
  return settled(grownOf(state), state, state.phase, () => []);
}

/**
 * The timeline while a batch is folded. Once `journal` has been called, every write is recorded so that a fact can be reverted if an
 * earlier one arrives late; before that, spans created by this batch are written in place.
 */
export class TimelineDraft {
  private readonly spans: ListDraft<Span>;
  private isJournaled = false;
  private readonly open: KeyedDraft<Indexes>;
  private readonly index: KeyedDraft<Indexes>;
  private readonly agentSpans: KeyedDraft<number>;
  private currentPhase: TimelinePhase;
  private undo = nothing;
  private made = none;
  private planned: readonly number[] = [];
  /** Where ids were found. A span that was cut off and recreated may be elsewhere, so each hit is verified. */
  private readonly foundIds = new Map<string, number>();
  private arrivedSeq = 0;
  /** Kinds of the spans that the arrived event has created so far. */
  private fresh: readonly SpanKind[] = noKinds;

  constructor(base: TimelineState) {
    const parts = grownOf(base);
    this.spans = new ListDraft(settledList(parts.spans, base));
    this.open = new KeyedDraft(parts.open);
    this.index = new KeyedDraft(parts.index);
    this.agentSpans = new KeyedDraft(parts.agentSpans);
    this.currentPhase = base.phase;
  }

  get length(): number {
    return this.spans.length;
  }

  /** The span at an index that the draft itself returned. */
  span(index: number): Span {
    const span = this.spans.at(index);
    if (span === undefined) throw new RangeError(`no span at ${index}`);
    return span;
  }

  find(index: number | undefined): Span | undefined {
    return index === undefined ? undefined : this.spans.at(index);
  }

  findById(id: string): Span | undefined {
    return this.find(this.indexOfId(id));
  }

  /** Called level by level, up a chain of ancestors. */
  indexOfId(id: string): number | undefined {
    const known = this.foundIds.get(id);
    if (this.find(known)?.id === id) return known;
    const index = this.searchId(id);
    if (index !== undefined) this.foundIds.set(id, index);
    return index;
  }

  get phase(): TimelinePhase {
    return this.currentPhase;
  }

  openList(key: string): Indexes {
    return this.open.get(key) ?? none;
  }

  openLists(): Iterable<Indexes> {
    return this.open.all().values();
  }

  indexList(key: string): Indexes {
    return this.index.get(key) ?? none;
  }

  agentSpan(agent: string): number | undefined {
    return this.agentSpans.get(agent);
  }

  /** Sets the event that arrived: new spans are named after it, even those of an earlier fact that is reapplied. */
  arrive(seq: number): void {
    this.arrivedSeq = seq;
    this.fresh = noKinds;
  }

  /** From here on, facts can be reverted. */
  journal(): void {
    this.isJournaled = true;
  }

  /** Starts the journal of one fact. `planned` are the indexes for the spans it creates; any further spans are appended. */
  begin(planned: readonly number[]): void {
    this.undo = nothing;
    this.made = none;
    this.planned = planned;
  }

  commit(): { made: readonly number[]; undo: readonly TimelineUndo[] } {
    return { made: this.made, undo: this.undo };
  }

  setPhase(phase: TimelinePhase): void {
    if (this.isJournaled) this.note(["phase", this.currentPhase]);
    this.currentPhase = phase;
  }

  setOpen(key: string, list: Indexes): void {
    if (this.isJournaled) this.note(["open", key, this.open.get(key) ?? null]);
    this.open.set(key, list.length === 0 ? null : list);
  }

  setIndex(key: string, list: Indexes): void {
    if (this.isJournaled) this.note(["index", key, this.index.get(key) ?? null]);
    this.index.set(key, list.length === 0 ? null : list);
  }

  setAgentSpan(agent: string, index: number): void {
    if (this.isJournaled) this.note(["agent", agent, this.agentSpans.get(agent) ?? null]);
    this.agentSpans.set(agent, index);
  }

  /** The span to write to: the span itself if nobody else holds it, else a copy in its place. */
  edit(index: number): MutableSpan {
    const span = this.span(index);
    // What this fact created is reverted with it, so nothing needs recording.
    if (this.isJournaled ? this.made.includes(index) : this.spans.isFresh(index)) return span;
    if (this.isJournaled) this.note(["span", index, span]);
    const copy = { ...span };
    this.spans.set(index, copy);
    return copy;
  }

  /** Adds a span, which the draft owns from here on; if the index was used before, it keeps that index's id. */
  add(kind: SpanKind, span: MutableSpan): number {
    if (!this.isJournaled) {
      span.id = this.freshId(kind);
      return this.spans.push(span);
    }
    const planned = this.planned[this.made.length] ?? this.length;
    const before = this.find(planned);
    const index = before !== undefined && before.kind !== kind ? this.length : planned;
    span.id = before?.kind === kind ? before.id : this.freshId(kind);
    this.made = withItem(this.made, index);
    this.spans.set(index, span);
    return index;
  }

  /** Reverts one fact. A span that it created stays in its slot until it is recreated or cut off. */
  revert(undo: readonly TimelineUndo[]): void {
    for (let at = undo.length - 1; at >= 0; at -= 1) {
      const entry = undo[at];
      if (entry === undefined) continue;
      if (entry[0] === "span") this.spans.set(entry[1], entry[2]);
      else if (entry[0] === "open") this.open.set(entry[1], entry[2]);
      else if (entry[0] === "index") this.index.set(entry[1], entry[2]);
      else if (entry[0] === "agent") this.agentSpans.set(entry[1], entry[2]);
      else this.currentPhase = entry[1];
    }
  }

  cutTo(length: number): void {
    this.spans.cutTo(length);
  }

  /**
   * Spans that were reverted and recreated unchanged, or changed and changed back, keep their identity. `window` is called on first read,
   * once.
   */
  settle(window: () => TimelineState["window"]): TimelineState {
    const { list, part } = this.spans.settle(isSame);
    const parts = { spans: list, open: this.open.settle(), index: this.index.settle(), agentSpans: this.agentSpans.settle() };
    return settled(parts, part, this.currentPhase, window);
  }

  /** Ids contain the seq of the arrival that created the span, so they increase with the index. */
  private searchId(id: string): number | undefined {
    const seq = arrivalOf(id);
    const { spans } = this;
    const idAt = (place: number): string | undefined => spans.at(spans.indexAt(place))?.id;
    let low = 0;
    let high = spans.places;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (arrivalOf(idAt(middle) ?? "") < seq) low = middle + 1;
      else high = middle;
    }
    for (let found = idAt(low); found !== undefined && arrivalOf(found) === seq; found = idAt(++low))
      if (found === id) return spans.indexAt(low);
    return undefined;
  }

  private note(entry: TimelineUndo): void {
    this.undo = withItem(this.undo, entry);
  }

  /** `<kind>:<seq>`; if one arrival creates several spans of a kind, they are numbered. */
  private freshId(kind: SpanKind): string {
    let count = 0;
    for (const other of this.fresh) if (other === kind) count += 1;
    this.fresh = withItem(this.fresh, kind);
    return count === 0 ? `${kind}:${this.arrivedSeq}` : `${kind}:${this.arrivedSeq}.${count}`;
  }
}

const arrivalOf = (id: string): number => Number.parseInt(id.slice(id.indexOf(":") + 1), 10);

function isSame(a: Span, b: Span): boolean {
  for (const key of Object.keys(a) as (keyof Span)[]) if (a[key] !== b[key]) return false;
  return true;
}
