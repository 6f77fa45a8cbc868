import { fromMap, type Keyed, lookup, toMap } from "./record";

/** A record of at most this many keys is copied for a batch that writes to it: cheaper than looking in two places. */
const mostCopied = 256;
/** Written keys to collect before all are copied into a new map. */
const mostWritten = 512;

/** null: deleted. */
type Written<T> = ReadonlyMap<string, T | null>;
const none: Written<never> = new Map<string, never>();

/**
 * A record of any size after a batch, as `GrownList` is for lists: copying what ten thousand agents have open for every batch costs more
 * than folding the batch, and usually nobody reads it before the next one. What `record` returned is never written again.
 */
export class GrownRecord<T> {
  private constructor(
    /** Null if the given record is all there is. */
    private base: ReadonlyMap<string, T> | null,
    private readonly written: Written<T>,
    /** What `record` returns, once requested. */
    private shown: Keyed<T> | null,
  ) {}

  static of<T>(record: Keyed<T>): GrownRecord<T> {
    return new GrownRecord<T>(null, none, record);
  }

  get record(): Keyed<T> {
    this.shown ??= fromMap(this.whole());
    return this.shown;
  }

  get(key: string): T | undefined {
    const written = this.written.size === 0 ? undefined : this.written.get(key);
    if (written !== undefined) return written ?? undefined;
    return this.base === null ? lookup(this.record, key) : this.base.get(key);
  }

  /** A copy for a draft to write to; null if there is too much to copy. */
  copied(): Map<string, T> | null {
    return this.mapped().size + this.written.size > mostCopied ? null : new Map(this.whole());
  }

  whole(): ReadonlyMap<string, T> {
    return this.written.size === 0 ? this.mapped() : this.merged(this.written);
  }

  /** The record that a draft built in a copy. */
  static ofMap<T>(map: ReadonlyMap<string, T>): GrownRecord<T> {
    return new GrownRecord(map, none, null);
  }

  /** The record with some keys changed. */
  grow(changes: Written<T>): GrownRecord<T> {
    const base = this.mapped();
    const written = new Map(this.written);
    for (const [key, value] of changes) {
      if (value === null && !base.has(key)) written.delete(key);
      else written.set(key, value);
    }
    return written.size > mostWritten ? GrownRecord.ofMap(this.merged(written)) : new GrownRecord(base, written, null);
  }

  private mapped(): ReadonlyMap<string, T> {
    this.base ??= toMap(this.record);
    return this.base;
  }

  private merged(written: Written<T>): Map<string, T> {
    const map = new Map(this.mapped());
    for (const [key, value] of written) {
      if (value === null) map.delete(key);
      else map.set(key, value);
    }
    return map;
  }
}
