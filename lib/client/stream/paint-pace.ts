/** What a page gives to know when to draw. */
export type Stage = {
  readonly now: () => number;
  /** Calls back in the next animation frame. */
  readonly frame: (action: () => void) => void;
  readonly after: (delayMs: number, action: () => void) => void;
  /** Calls back at each press of a key or a pointer, before the page answers it. */
  readonly onInput: (listener: () => void) => void;
};

/** After a drawing the page rests this many times as long as it took: drawing gets a third of the time, whatever the machine. */
const restShare = 2;
/** What came is not kept from the reader for longer than this: not by slow drawings, not by somebody who types on and on. */
const mostWaitMs = 500;

/**
 * Decides when the page is redrawn for what the stream brings: in the next frame where there is time for it, later while the last
 * drawing still has to be paid back or a press waits for its answer. Everything that waits is drawn together.
 */
export class PaintPace {
  readonly #waiting = new Set<() => void>();
  #waitingSinceMs = 0;
  #restUntilMs = 0;
  /** Presses whose answer has not been painted yet. */
  #unanswered = 0;
  #isLooking = false;
  /** What was drawn last has not been painted yet. */
  #isPainting = false;

  constructor(private readonly stage: Stage) {
    stage.onInput(() => this.#answerFirst());
  }

  /** Has `draw` called once; gives its cancellation. */
  request(draw: () => void): () => void {
    if (this.#waiting.size === 0) this.#waitingSinceMs = this.stage.now();
    this.#waiting.add(draw);
    if (!this.#isLooking) this.#lookInFrame();
    return () => this.#waiting.delete(draw);
  }

  #look(): void {
    this.#isLooking = false;
    if (this.#waiting.size === 0) return;
    const now = this.stage.now();
    const latestMs = this.#waitingSinceMs + mostWaitMs;
    const dueMs = Math.min(latestMs, this.#restUntilMs);
    if (dueMs > now) {
      this.#isLooking = true;
      this.stage.after(dueMs - now, () => this.#lookInFrame());
    } else if ((this.#unanswered > 0 || this.#isPainting) && now < latestMs) {
      this.#lookInFrame();
    } else {
      this.#draw();
    }
  }

  #lookInFrame(): void {
    this.#isLooking = true;
    this.stage.frame(() => this.#look());
  }

  #draw(): void {
    const fromMs = this.stage.now();
    const draws = [...this.#waiting];
    this.#waiting.clear();
    this.#isPainting = true;
    try {
      for (const draw of draws) draw();
    } finally {
      // The first moment after the frame: what it took to render, lay out and paint is over by then.
      this.stage.after(0, () => this.#rest(fromMs));
    }
  }

  #rest(fromMs: number): void {
    const now = this.stage.now();
    this.#isPainting = false;
    this.#restUntilMs = now + restShare * (now - fromMs);
  }

  #answerFirst(): void {
    this.#unanswered += 1;
    this.stage.frame(() =>
      this.stage.after(0, () => {
        this.#unanswered -= 1;
      }),
    );
  }
}

const presses = ["keydown", "pointerdown", "pointerup"] as const;

const browserStage: Stage = {
  now: () => performance.now(),
  frame: (action) => requestAnimationFrame(action),
  after: (delayMs, action) => setTimeout(action, delayMs),
  onInput: (listener) => {
    for (const press of presses) addEventListener(press, listener, { capture: true, passive: true });
  },
};

let pace: PaintPace | null = null;

/** The page's own: all that the stream changes is drawn by it. */
export function paintPace(): PaintPace {
  pace ??= new PaintPace(browserStage);
  return pace;
}
