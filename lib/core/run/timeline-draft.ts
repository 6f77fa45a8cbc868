import { fromMap, type Keyed, lookup, toMap } from "./record";
import type { Span, SpanKind, TimelinePhase, TimelineState, TimelineUndo } from "./timeline-state";

type Indexes = readonly number[];
const none: Indexes = [];

/** One keyed collection while a batch is folded: read through until first written, then copied once. */
class KeyedDraft<T> {
  private map: Map<string, T> | null = null;

  constructor(private readonly base: Keyed<T>) {}

  get(key: string): T | undefined {
    return this.map === null ? lookup(this.base, key) : this.map.get(key);
  }

  set(key: string, value: T | null): void {
    this.map ??= toMap(this.base);
    if (value === null) this.map.delete(key);
    else this.map.set(key, value);
  }

  values(): Iterable<T> {
    return this.map === null ? Object.values(this.base) : this.map.values();
  }

  settle(): Keyed<T> {
    return this.map === null ? this.base : fromMap(this.map);
  }
}

/**
 * The timeline while a batch is folded. Every write is journaled, so that a fact can be taken back when one that lies before it
 * arrives later.
 */
export class TimelineDraft {
  private spans: Span[] | null = null;
  private readonly open: KeyedDraft<Indexes>;
  private readonly index: KeyedDraft<Indexes>;
  private readonly agentSpans: KeyedDraft<number>;
  private currentPhase: TimelinePhase;
  private undo: TimelineUndo[] = [];
  private made: number[] = [];
  private planned: readonly number[] = [];
  private arrivedSeq = 0;
  private fresh: SpanKind[] = [];

  constructor(private readonly base: TimelineState) {
    this.open = new KeyedDraft(base.open);
    this.index = new KeyedDraft(base.index);
    this.agentSpans = new KeyedDraft(base.agentSpans);
    this.currentPhase = base.phase;
  }

  get length(): number {
    return (this.spans ?? this.base.spans).length;
  }

  /** The span at an index that the draft itself handed out. */
  span(index: number): Span {
    const span = (this.spans ?? this.base.spans)[index];
    if (span === undefined) throw new RangeError(`no span at ${index}`);
    return span;
  }

  find(index: number | undefined): Span | undefined {
    return index === undefined ? undefined : (this.spans ?? this.base.spans)[index];
  }

  /** Ids carry the seq of the arrival that called for the span, so they rise with the index. */
  findById(id: string): Span | undefined {
    const seq = arrivalOf(id);
    const spans = this.spans ?? this.base.spans;
    let low = 0;
    let high = spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (arrivalOf(spans[middle]?.id ?? "") < seq) low = middle + 1;
      else high = middle;
    }
    for (let span = spans[low]; span !== undefined && arrivalOf(span.id) === seq; span = spans[++low]) if (span.id === id) return span;
    return undefined;
  }

  get phase(): TimelinePhase {
    return this.currentPhase;
  }

  openList(key: string): Indexes {
    return this.open.get(key) ?? none;
  }

  openLists(): Iterable<Indexes> {
    return this.open.values();
  }

  indexList(key: string): Indexes {
    return this.index.get(key) ?? none;
  }

  agentSpan(agent: string): number | undefined {
    return this.agentSpans.get(agent);
  }

  /** Says which event arrived: new spans are named after it, also those of an earlier fact that is applied again. */
  arrive(seq: number): void {
    this.arrivedSeq = seq;
    if (this.fresh.length > 0) this.fresh = [];
  }

  /** Starts the journal of one fact. `planned` are the indexes for the spans to be made; beyond them spans go to the end. */
  begin(planned: readonly number[]): void {
    this.undo = [];
    this.made = [];
    this.planned = planned;
  }

  commit(): { made: readonly number[]; undo: readonly TimelineUndo[] } {
    return { made: this.made, undo: this.undo };
  }

  setPhase(phase: TimelinePhase): void {
    this.undo.push(["phase", this.currentPhase]);
    this.currentPhase = phase;
  }

  setOpen(key: string, list: Indexes): void {
    this.undo.push(["open", key, this.open.get(key) ?? null]);
    this.open.set(key, list.length === 0 ? null : list);
  }

  setIndex(key: string, list: Indexes): void {
    this.undo.push(["index", key, this.index.get(key) ?? null]);
    this.index.set(key, list.length === 0 ? null : list);
  }

  setAgentSpan(agent: string, index: number): void {
    this.undo.push(["agent", agent, this.agentSpans.get(agent) ?? null]);
    this.agentSpans.set(agent, index);
  }

  replace(index: number, span: Span): void {
    this.undo.push(["span", index, this.span(index)]);
    this.writable()[index] = span;
  }

  /** Adds a span; its id is that of the index where the index had been handed out before. */
  add(kind: SpanKind, span: Omit<Span, "id" | "kind">): number {
    const planned = this.planned[this.made.length] ?? this.length;
    const before = this.find(planned);
    const index = before !== undefined && before.kind !== kind ? this.length : planned;
    const id = before?.kind === kind ? before.id : this.freshId(kind);
    this.undo.push(["span", index, null]);
    this.made.push(index);
    this.writable()[index] = { id, kind, ...span };
    return index;
  }

  /** Takes one fact back. A span that it made stays in its slot until it is made again or cut off. */
  revert(undo: readonly TimelineUndo[]): void {
    for (let at = undo.length - 1; at >= 0; at -= 1) {
      const entry = undo[at];
      if (entry === undefined) continue;
      if (entry[0] === "span") {
        if (entry[2] !== null) this.writable()[entry[1]] = entry[2];
      } else if (entry[0] === "open") this.open.set(entry[1], entry[2]);
      else if (entry[0] === "index") this.index.set(entry[1], entry[2]);
      else if (entry[0] === "agent") this.agentSpans.set(entry[1], entry[2]);
      else this.currentPhase = entry[1];
    }
  }

  cutTo(length: number): void {
    if (this.length > length) this.writable().length = length;
  }

  settle(window: TimelineState["window"]): TimelineState {
    if (this.spans !== null) keepIdentity(this.base.spans, this.spans);
    return {
      spans: this.spans ?? this.base.spans,
      open: this.open.settle(),
      agentSpans: this.agentSpans.settle(),
      index: this.index.settle(),
      phase: this.currentPhase,
      window,
    };
  }

  private writable(): Span[] {
    this.spans ??= [...this.base.spans];
    return this.spans;
  }

  /** `<kind>:<seq>`; an arrival that calls for several new spans of a kind numbers them. */
  private freshId(kind: SpanKind): string {
    const count = this.fresh.filter((other) => other === kind).length;
    this.fresh.push(kind);
    return count === 0 ? `${kind}:${this.arrivedSeq}` : `${kind}:${this.arrivedSeq}.${count}`;
  }
}

const arrivalOf = (id: string): number => Number.parseInt(id.slice(id.indexOf(":") + 1), 10);

/** Spans that were taken back and made again the same, or changed and changed back, are the same object as before. */
function keepIdentity(before: readonly Span[], after: Span[]): void {
  for (let index = 0; index < before.length; index += 1) {
    const old = before[index];
    const now = after[index];
    if (old !== undefined && now !== undefined && old !== now && isSame(old, now)) after[index] = old;
  }
}

function isSame(a: Span, b: Span): boolean {
  for (const key of Object.keys(a) as (keyof Span)[]) if (a[key] !== b[key]) return false;
  return true;
}
