import { describe, expect, it } from "vitest";
import { DatabaseClock } from "./database-clock";

const hourMs = 3_600_000;

/** A machine and a database, each with its own idea of the time; `pass` lets real time go by for both. */
function world(machineAheadMs = 0) {
  const real = { ms: 1_800_000_000_000, upMs: 5_000 };
  const machine = { aheadMs: machineAheadMs };
  const clock = new DatabaseClock({ wallMs: () => Math.floor(real.ms) + machine.aheadMs, upMs: () => real.upMs });
  const pass = (ms: number) => {
    real.ms += ms;
    real.upMs += ms;
  };
  /** Asks; the database reads its clock after `there` and the answer is back after `back`. */
  const ask = ({ there = 0.2, back = 0.2 } = {}) => {
    const askedAtUpMs = clock.upMs;
    pass(there);
    const databaseMs = real.ms;
    pass(back);
    clock.hear(databaseMs, askedAtUpMs);
  };
  return { real, machine, clock, pass, ask };
}

describe("a server goes by the clock of its database", () => {
  it("that is right, by its own exactly, however slow the answers are", () => {
    const { real, clock, pass, ask } = world();
    for (const back of [0.2, 900, 0.3, 30, 4_000.7]) {
      ask({ back });
      pass(1_000.3);
      expect(clock.now()).toBe(Math.floor(real.ms));
    }
  });

  it.each([-3 * hourMs, -7_000, 7_000, 3 * hourMs])("where its own is off by %i ms, as near as an answer is quick", (aheadMs) => {
    const { real, clock, pass, ask } = world(aheadMs);
    ask({ back: 40 });
    expect(Math.abs(clock.now() - real.ms)).toBeLessThanOrEqual(42);
    ask({ there: 1, back: 1 });
    pass(60_000);
    expect(Math.abs(clock.now() - real.ms)).toBeLessThanOrEqual(3);
    // A slow one proves nothing new.
    const before = clock.now() - real.ms;
    ask({ there: 5_000, back: 5_000 });
    expect(clock.now() - real.ms - before).toBeLessThan(1);
  });

  it.each([-3 * hourMs, 3 * hourMs])(
    "when its own is set by %i ms: nothing runs out before the database was asked, or behind that",
    (byMs) => {
      const { real, machine, clock, pass, ask } = world();
      ask();
      machine.aheadMs = byMs;
      expect(Math.abs(clock.now() - real.ms)).toBeLessThanOrEqual(2);
      pass(1_000);
      ask();
      expect(Math.abs(clock.now() - real.ms)).toBeLessThanOrEqual(2);
    },
  );

  it("when the machine slept, from the next answer on", () => {
    const { real, clock, pass, ask } = world();
    ask();
    real.ms += 8 * hourMs;
    pass(500);
    ask();
    expect(Math.abs(clock.now() - real.ms)).toBeLessThanOrEqual(2);
  });

  it("that was set itself", () => {
    const { real, machine, clock, ask } = world();
    ask();
    real.ms -= 2 * hourMs;
    machine.aheadMs = 2 * hourMs;
    ask();
    expect(Math.abs(clock.now() - real.ms)).toBeLessThanOrEqual(2);
  });
});
