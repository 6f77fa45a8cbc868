/** Keys of longer names are built each time. */
const longestName = 64;
const mostNames = 200;
/** Names kept for each of those. */
const mostSeconds = 50;

/**
 * Keys made of a prefix and a name. A newly built string must be hashed, and compared letter by letter, at each lookup; a fold asks for the
 * same few keys with every event, and gets the same string again.
 */
export class KeyMemo {
  readonly #keys = new Map<string, string>();

  constructor(
    private readonly prefix: string,
    private readonly most = mostNames,
  ) {}

  of(name: string): string {
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const key = this.prefix + name;
    if (name.length > longestName) return key;
    if (this.#keys.size >= this.most) this.#keys.clear();
    // Stored under a slice of the key: the name itself may be a window on megabytes of text.
    this.#keys.set(key.slice(this.prefix.length), key);
    return key;
  }
}

/** The same for two names separated by a bar. */
export class PairMemo {
  readonly #memos = new Map<string, KeyMemo>();

  constructor(private readonly prefix: string) {}

  of(first: string, second: string): string {
    const known = this.#memos.get(first);
    if (known !== undefined) return known.of(second);
    const memo = new KeyMemo(`${this.prefix}${first}|`, mostSeconds);
    const key = memo.of(second);
    if (first.length > longestName) return key;
    if (this.#memos.size >= mostNames) this.#memos.clear();
    this.#memos.set(key.slice(this.prefix.length, this.prefix.length + first.length), memo);
    return key;
  }
}
