const hiddenMs = 1_000;

/** Collects items and hands them over once per animation frame; hidden pages have no frames and get them once a second. */
export class FrameQueue<T> {
  #items: T[] = [];
  #frame: number | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly flush: (items: readonly T[]) => void) {}

  push(items: readonly T[]): void {
    for (const item of items) this.#items.push(item);
    if (this.#timer !== null) return;
    this.#frame = requestAnimationFrame(() => this.#run());
    this.#timer = setTimeout(() => this.#run(), hiddenMs);
  }

  clear(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#frame = null;
    this.#timer = null;
    this.#items = [];
  }

  #run(): void {
    const items = this.#items;
    this.clear();
    if (items.length > 0) this.flush(items);
  }
}
