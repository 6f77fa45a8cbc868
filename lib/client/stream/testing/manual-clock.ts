import type { Clock } from "../clock";

type Alarm = { readonly atMs: number; readonly action: () => void };

/** A clock that stands still until a test turns its hands. */
export class ManualClock implements Clock {
  #nowMs = Date.UTC(2026, 2, 1, 12);
  readonly #alarms = new Set<Alarm>();

  readonly now = (): number => this.#nowMs;

  readonly after = (delayMs: number, action: () => void): (() => void) => {
    const alarm = { atMs: this.#nowMs + delayMs, action };
    this.#alarms.add(alarm);
    return () => this.#alarms.delete(alarm);
  };

  /** Rings, in order, whatever is due within `ms` from now. */
  advance(ms: number): void {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#alarms].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.#alarms.delete(due);
      this.#nowMs = Math.max(this.#nowMs, due.atMs);
      due.action();
    }
    // What was rung may itself have taken time.
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }
}
