import type { LoggedEvent } from "../events/logged";
import { clip } from "./clip";
import { GrownList } from "./grown-list";
import { GrownRecord } from "./grown-record";
import { KeyedDraft } from "./keyed-draft";
import { ListDraft, type SettledList, settledList } from "./list-draft";
import { eventMs } from "./moment";
import type { EntryKind, TranscriptEntry, TranscriptState } from "./transcript-state";

/** 64 Ki characters: a page shows no more of one entry; the event itself holds it all. */
export const textLimit = 65_536;

export type EntryParts = {
  readonly title?: string | null;
  readonly to?: string | null;
  readonly level?: TranscriptEntry["level"];
  readonly open?: boolean;
};

/** The parts of states folded here that grow with the run, until somebody reads them. */
type Grown = { readonly entries: GrownList<TranscriptEntry>; readonly open: GrownRecord<number> };
const grown = new WeakMap<TranscriptState, Grown>();

type MutableEntry = { -readonly [K in keyof TranscriptEntry]: TranscriptEntry[K] };

/** The transcript while a batch is folded: an entry is copied once per batch, however many deltas it takes. */
export class TranscriptDraft {
  private readonly settled: SettledList<TranscriptEntry>;
  private readonly entries: ListDraft<TranscriptEntry>;
  private readonly open: KeyedDraft<number>;
  private readonly began: Grown;

  constructor(private readonly base: TranscriptState) {
    this.began = grown.get(base) ?? { entries: GrownList.of(base.entries), open: GrownRecord.of(base.open) };
    this.settled = settledList(this.began.entries, base);
    this.entries = new ListDraft(this.settled);
    this.open = new KeyedDraft(this.began.open);
  }

  get length(): number {
    return this.entries.length;
  }

  entry(index: number): TranscriptEntry | undefined {
    return this.entries.at(index);
  }

  add(kind: EntryKind, event: LoggedEvent, text: string, parts: EntryParts = {}): number {
    const kept = clip(text, textLimit);
    return this.entries.push({
      id: `${kind}:${event.seq}`,
      kind,
      agent: event.agent ?? null,
      to: parts.to ?? null,
      title: parts.title == null ? null : clip(parts.title, 300),
      text: kept,
      cutChars: text.length - kept.length,
      atMs: eventMs(event),
      firstSeq: event.seq,
      lastSeq: event.seq,
      open: parts.open ?? false,
      level: parts.level ?? null,
    });
  }

  append(index: number, event: LoggedEvent, delta: string): void {
    const entry = this.own(index);
    const room = textLimit - entry.text.length;
    const kept = entry.cutChars > 0 || room <= 0 ? "" : clip(delta, room);
    entry.text += kept;
    entry.cutChars += delta.length - kept.length;
    entry.lastSeq = event.seq;
  }

  replaceText(index: number, event: LoggedEvent, text: string): void {
    const entry = this.own(index);
    entry.text = clip(text, textLimit);
    entry.cutChars = text.length - entry.text.length;
    entry.lastSeq = event.seq;
  }

  close(index: number): void {
    if (this.entry(index)?.open === true) this.own(index).open = false;
  }

  /** Index of the entry that the agent's next delta joins. */
  openOf(agent: string): number | undefined {
    return this.open.get(agent);
  }

  setOpen(agent: string, index: number | null): void {
    this.open.set(agent, index);
  }

  openAgents(): string[] {
    return [...this.open.all().keys()];
  }

  settle(): TranscriptState {
    const settled = this.entries.settle();
    const open = this.open.settle();
    if (settled === this.settled && open === this.began.open) return this.base;
    const { list, part } = settled;
    const state: TranscriptState = {
      get entries() {
        return list.rows;
      },
      ...part,
      get open() {
        return open.record;
      },
    };
    grown.set(state, { entries: list, open });
    return state;
  }

  private own(index: number): MutableEntry {
    const entry = this.entry(index);
    if (entry === undefined) throw new RangeError(`no entry at ${index}`);
    if (this.entries.isFresh(index) || this.entries.isReplaced(index)) return entry;
    const copy: MutableEntry = { ...entry };
    this.entries.set(index, copy);
    return copy;
  }
}
