import { type Clock, realClock } from "./clock";
import { type PaintPace, paintPace } from "./paint-pace";

const hiddenMs = 1_000;

type Place = { readonly pace: () => PaintPace; readonly after: Clock["after"] };

/** Collects items and hands them over when the page has time to draw them; hidden pages have no frames and get them once a second. */
export class FrameQueue<T> {
  #items: T[] = [];
  #cancel: (() => void) | null = null;

  constructor(
    private readonly flush: (items: readonly T[]) => void,
    private readonly place: Place = { pace: paintPace, after: realClock.after },
  ) {}

  push(items: readonly T[]): void {
    for (const item of items) this.#items.push(item);
    if (this.#cancel !== null) return;
    const run = () => this.#run();
    const cancelDraw = this.place.pace().request(run);
    const cancelTimer = this.place.after(hiddenMs, run);
    this.#cancel = () => {
      cancelDraw();
      cancelTimer();
    };
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#items = [];
  }

  #run(): void {
    const items = this.#items;
    this.clear();
    if (items.length > 0) this.flush(items);
  }
}
