import { GrownRecord } from "./grown-record";

/** A record while a batch is folded: read through until first written, then copied if small, else written to an overlay. */
export class KeyedDraft<T> {
  private copy: Map<string, T> | null = null;
  private written: Map<string, T | null> | null = null;

  constructor(private readonly base: GrownRecord<T>) {}

  get(key: string): T | undefined {
    if (this.copy !== null) return this.copy.get(key);
    const written = this.written?.get(key);
    return written === undefined ? this.base.get(key) : (written ?? undefined);
  }

  set(key: string, value: T | null): void {
    if (this.copy === null && this.written === null) this.begin();
    if (this.written !== null) this.written.set(key, value);
    else if (value === null) this.copy?.delete(key);
    else this.copy?.set(key, value);
  }

  all(): ReadonlyMap<string, T> {
    return this.copy ?? this.settle().whole();
  }

  /** The same reference if nothing was written. */
  settle(): GrownRecord<T> {
    if (this.copy !== null) return GrownRecord.ofMap(this.copy);
    return this.written === null ? this.base : this.base.grow(this.written);
  }

  private begin(): void {
    this.copy = this.base.copied();
    if (this.copy === null) this.written = new Map();
  }
}
