import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BudgetRule, chargesOf, countsOf, crossingsOf, mayCross, type Spending, sumOf, waysOf, windowStart } from "./charge";

const rule = (more: Partial<BudgetRule> = {}): BudgetRule => ({
  ...{ id: "b", name: "b", scope: "project", target: null, unit: "tokens", amount: 1_000, window: "total", thresholds: [50, 80, 100] },
  ...more,
});
const spending = (seq: number, tokens: number, more: Partial<Spending> = {}): Spending => ({
  ...{ runId: "r", session: "s", agent: "a", seq, atMs: Date.parse("2026-03-31T23:59:00Z"), tokens, nanos: tokens * 10 },
  ...more,
});
const chargesOver = (rules: readonly BudgetRule[], spendings: readonly Spending[]) => countsOf(waysOf(rules), spendings).flatMap(chargesOf);
const only = (rules: BudgetRule, spendings: readonly Spending[]) => {
  const [charge, ...others] = chargesOver([rules], spendings);
  expect(others).toEqual([]);
  return charge as NonNullable<typeof charge>;
};

describe("a crossing", () => {
  it("is found at the event that makes it, each threshold once, several in one event", () => {
    const charge = only(rule(), [spending(1, 400), spending(2, 99), spending(3, 1), spending(4, 700)]);
    expect(crossingsOf(charge, 1_200).map(({ threshold, spending: { seq }, spent }) => [threshold, seq, spent])).toEqual([
      [50, 3, 500],
      [80, 4, 1_200],
      [100, 4, 1_200],
    ]);
  });

  it("counts from what was spent before", () => {
    const charge = only(rule(), [spending(1, 10)]);
    expect(crossingsOf(charge, 505).map(({ threshold }) => threshold)).toEqual([50]);
    expect(crossingsOf(charge, 499)).toEqual([]);
    expect(crossingsOf(charge, 510)).toEqual([]);
  });

  it("that nobody was told of yet is found above what was spent before, where it is said from where on", () => {
    const charge = only(rule(), [spending(1, 10)]);
    const told = (open?: number) => crossingsOf(charge, 900, open).map(({ threshold, spent }) => [threshold, spent]);
    expect([told(), told(500), told(501), told(900)]).toEqual([
      [],
      [
        [50, 900],
        [80, 900],
      ],
      [[80, 900]],
      [],
    ]);
    expect(crossingsOf(charge, 900, 0)[0]).toEqual({ charge, threshold: 50, spending: spending(1, 10), spent: 900 });
  });

  it("is exact at the nano-dollar for an amount that no percent divides", () => {
    const charge = only(rule({ unit: "dollars", amount: 333_333_333 }), [spending(1, 0, { nanos: 1 })]);
    expect(crossingsOf(charge, 166_666_666)).toEqual([]);
    expect(crossingsOf(charge, 166_666_667).map(({ threshold }) => threshold)).toEqual([50]);
  });

  it("is made once although a correction takes the count below and the next event above again", () => {
    const charge = only(rule({ thresholds: [100] }), [spending(1, 1_000), spending(2, -300), spending(3, 400)]);
    expect(crossingsOf(charge, 1_100).map((crossing) => crossing.spending.seq)).toEqual([1]);
  });
});

describe("what was added", () => {
  it("is looked at for every crossing that is in it", () => {
    const amounts = fc.integer({ min: -60, max: 120 });
    const rules = fc.array(
      fc.record({ amount: fc.integer({ min: 1, max: 400 }), thresholds: fc.subarray([20, 50, 80, 100], { minLength: 1 }) }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(rules, fc.array(amounts, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 500 }), (some, tokens, start) => {
        const spendings = tokens.map((amount, index) => spending(index + 1, amount));
        const after = start + tokens.reduce((sum, amount) => sum + amount, 0);
        const [count] = countsOf(waysOf(some.map((more, index) => rule({ ...more, id: `b${index}` }))), spendings);
        const crossed = chargesOf(count as NonNullable<typeof count>).flatMap((charge) => crossingsOf(charge, after));
        const asked = mayCross(count as NonNullable<typeof count>, "tokens", after);
        expect(asked || crossed.length === 0).toBe(true);
        // Only what was taken back in between may have it looked at for nothing.
        if (tokens.every((amount) => amount >= 0)) expect(asked).toBe(crossed.length > 0);
      }),
    );
  });
});

describe("a budget", () => {
  it("counts its own: each run, one agent, each session, the project", () => {
    const spendings = [spending(1, 1), spending(2, 2, { runId: "q", session: "t" }), spending(3, 4, { agent: "b", session: null })];
    const sums = (more: Partial<BudgetRule>) =>
      chargesOver([rule(more)], spendings).map(({ key, steps }) => [key, sumOf(steps, "tokens").sum]);
    expect(sums({ scope: "project" })).toEqual([["", 7]]);
    expect(sums({ scope: "run" })).toEqual([
      ["r", 5],
      ["q", 2],
    ]);
    expect(sums({ scope: "agent", target: "b" })).toEqual([["b", 4]]);
    expect(sums({ scope: "session" })).toEqual([
      ["s", 1],
      ["t", 2],
    ]);
    expect(sums({ scope: "agent", target: "nobody" })).toEqual([]);
    const [a, b] = chargesOver([rule({ id: "all", scope: "agent" }), rule({ id: "one", scope: "agent", target: "b" })], spendings).reduce(
      (of, charge) => [
        [...of[0], ...(charge.key === "a" ? [charge.rule.id] : [])],
        [...of[1], ...(charge.key === "b" ? [charge.rule.id] : [])],
      ],
      [[], []] as [string[], string[]],
    );
    expect([a, b]).toEqual([["all"], ["all", "one"]]);
  });

  it("begins anew each day and month (UTC), by when it was spent", () => {
    const next = { atMs: Date.parse("2026-04-01T00:00:00Z") };
    const charges = chargesOver([rule({ window: "day" })], [spending(1, 1), spending(2, 2, next)]);
    expect(charges.map(({ windowMs, steps }) => [new Date(windowMs).toISOString().slice(0, 10), sumOf(steps, "tokens").sum])).toEqual([
      ["2026-03-31", 1],
      ["2026-04-01", 2],
    ]);
    expect(new Date(windowStart("month", next.atMs - 1)).toISOString()).toBe("2026-03-01T00:00:00.000Z");
    expect(windowStart("total", next.atMs)).toBe(0);
  });
});
