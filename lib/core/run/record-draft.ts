import { type Keyed, lookup, put } from "./record";

/** A record that is copied on first write. */
export class RecordDraft<T> {
  private draft: { [key: string]: T } | null = null;
  /** The number of keys; -1 until requested. */
  private size = -1;

  constructor(readonly base: Keyed<T>) {}

  get(key: string): T | undefined {
    return lookup(this.draft ?? this.base, key);
  }

  set(key: string, value: T): void {
    this.draft ??= { ...this.base };
    if (this.size >= 0 && !Object.hasOwn(this.draft, key)) this.size += 1;
    put(this.draft, key, value);
  }

  delete(key: string): void {
    this.draft ??= { ...this.base };
    if (this.size >= 0 && Object.hasOwn(this.draft, key)) this.size -= 1;
    delete this.draft[key];
  }

  count(): number {
    if (this.size < 0) this.size = Object.keys(this.read()).length;
    return this.size;
  }

  read(): Keyed<T> {
    return this.draft ?? this.base;
  }
}
