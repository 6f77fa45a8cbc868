import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Usage } from "../events/canonical";
import { emptyRow, foldRow } from "../run/fold";
import { log } from "../run/testing/log";
import { shownCost, shownTokens } from "./totals";
import { emptyUsage, evolveUsage } from "./usage";

type Report = Partial<Usage> & { readonly estimatedNanos?: number | null; readonly agent?: string };

const events = (...reports: Report[]) =>
  log(
    ...reports.map(({ estimatedNanos, agent, scope = "call", ...usage }) => ({
      type: "model.completed" as const,
      usage: { scope, ...usage },
      ...(agent === undefined ? {} : { agent }),
      ...(estimatedNanos === undefined ? {} : { estimatedNanos }),
    })),
  );
const fold = (...reports: Report[]) => evolveUsage(emptyUsage(), events(...reports));

describe("tokens of one event", () => {
  // Hand-computed. OpenAI counts cached tokens inside the input, Anthropic beside it.
  it.each<[string, Partial<Usage>, Record<string, number>]>([
    ["plain", { input: 200, output: 150 }, { input: 200, output: 150, total: 350 }],
    [
      "cached inside",
      { rule: "cached-in-input", input: 1_000, cachedRead: 400, output: 50 },
      { input: 600, cachedRead: 400, total: 1_050 },
    ],
    [
      "cached beside",
      { rule: "cached-beside-input", input: 600, cachedRead: 400, cachedWrite: 30, output: 50 },
      { input: 600, total: 1_080 },
    ],
    ["more cached than input", { rule: "cached-in-input", input: 10, cachedRead: 25 }, { input: 0, cachedRead: 25, total: 25 }],
    ["total as reported", { input: 200, output: 150, total: 360 }, { total: 360 }],
    ["only a total", { total: 5_420 }, { input: 0, output: 0, total: 5_420 }],
    ["reasoning is a part of output", { input: 10, output: 90, reasoning: 80 }, { reasoning: 80, output: 90, total: 100 }],
    [
      "nonsense counts as not reported",
      { input: -5, output: Number.NaN, total: 1e300, cachedRead: 0.5 },
      { input: 0, output: 0, cachedRead: 0, total: 0 },
    ],
  ])("%s", (_, usage, expected) => expect(fold(usage).calls).toMatchObject(expected));
});

describe("money", () => {
  it("is exact to the nano-dollar and the same however the events are grouped and ordered", () => {
    const amount = fc.nat(2_000_000_000);
    fc.assert(
      fc.property(fc.array(amount), fc.nat(50), (amounts, place) => {
        const log = events(...amounts.map((costNanos) => ({ costNanos })));
        const exact = amounts.reduce((sum, nanos) => sum + BigInt(nanos), 0n);
        const split = evolveUsage(evolveUsage(emptyUsage(), log.slice(0, place)), log.slice(place));
        expect(BigInt(split.calls.reportedNanos)).toBe(exact);
        expect(BigInt(evolveUsage(emptyUsage(), log.toReversed()).calls.reportedNanos)).toBe(exact);
      }),
    );
  });

  it("stays at the largest exact integer instead of losing units", () => {
    expect(fold({ costNanos: Number.MAX_SAFE_INTEGER }, { costNanos: 5 }).calls.reportedNanos).toBe(Number.MAX_SAFE_INTEGER);
  });

  it("keeps reported, estimated and unpriced apart", () => {
    const { calls } = fold({ total: 10, costNanos: 7 }, { total: 10, estimatedNanos: 5 }, { total: 10, estimatedNanos: null });
    expect(calls).toMatchObject({ events: 3, reportedNanos: 7, costed: 1, estimatedNanos: 5, unpriced: 1 });
  });

  it("is never added across scopes: the call, the agent and the run report the same money", () => {
    const usage = fold(
      { scope: "call", agent: "a", total: 350, costNanos: 10_500_000 },
      { scope: "agent", agent: "a", total: 1_200, costNanos: 18_000_000 },
      { scope: "run", total: 5_420, costNanos: 81_400_000 },
    );
    expect(shownCost(usage)).toEqual({
      reportedNanos: 81_400_000,
      runReportedNanos: 81_400_000,
      callsReportedNanos: 10_500_000,
      agentsReportedNanos: 18_000_000,
      estimatedNanos: 0,
      unpricedCalls: 0,
    });
    expect(shownTokens(usage).total).toBe(5_420);
  });

  it("shows the larger sum where the run reports no total", () => {
    const usage = fold({ scope: "call", total: 900, costNanos: 30 }, { scope: "agent", total: 1_200, costNanos: 20 });
    expect([shownTokens(usage).total, shownCost(usage).reportedNanos, shownCost(usage).runReportedNanos]).toEqual([1_200, 30, null]);
  });

  it("shows the run's own classes of tokens where it tells any, else those of its calls beside the run's total", () => {
    const call = { input: 10, output: 5, cachedRead: 2, cachedWrite: 3, reasoning: 4, rule: "cached-beside-input" } as const;
    const tokens = (run: Report) => shownTokens(fold(call, { scope: "run", ...run }));
    const ofCalls = { input: 10, output: 5, cachedRead: 2, cachedWrite: 3, reasoning: 4 };
    expect(shownTokens(fold(call))).toEqual({ ...ofCalls, total: 20 });
    expect(shownTokens(fold(call, call))).toEqual({ input: 20, output: 10, cachedRead: 4, cachedWrite: 6, reasoning: 8, total: 40 });
    expect(tokens({ total: 100 })).toEqual({ ...ofCalls, total: 100 });
    expect(tokens({ costNanos: 7 })).toEqual({ ...ofCalls, total: 20 });
    const none = { input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0 };
    for (const key of ["input", "output", "cachedRead", "cachedWrite"] as const)
      expect(tokens({ [key]: 50, rule: "cached-beside-input", total: 90 })).toEqual({ ...none, [key]: 50, total: 90 });
  });

  it("counts estimates of the one scope that the reported figure comes from", () => {
    const calls = [
      { total: 10, estimatedNanos: 5 },
      { total: 10, estimatedNanos: null },
    ];
    expect(shownCost(fold(...calls))).toMatchObject({ estimatedNanos: 5, unpricedCalls: 1 });
    expect(shownCost(fold(...calls, { scope: "agent", total: 20, costNanos: 9 }))).toMatchObject({ reportedNanos: 9, estimatedNanos: 0 });
    expect(shownCost(fold(...calls, { scope: "run", total: 20, estimatedNanos: 8 }))).toMatchObject({ estimatedNanos: 5 });
    expect(shownCost(fold({ scope: "run", total: 20, estimatedNanos: 8 }))).toMatchObject({ reportedNanos: 0, estimatedNanos: 8 });
    expect(shownCost(fold({ scope: "run", total: 20, estimatedNanos: null }))).toMatchObject({ unpricedCalls: 1 });
  });

  it("tells a reported zero from no report", () => {
    expect(shownCost(fold({ scope: "run", total: 5, costNanos: 0 })).runReportedNanos).toBe(0);
    expect(shownCost(fold({ scope: "run", total: 5 })).runReportedNanos).toBeNull();
  });
});

describe("the breakdowns", () => {
  it("take the finest scope that names the model or agent, whichever comes first", () => {
    const call = { scope: "call" as const, agent: "a", model: "gpt-5", total: 3 };
    const agent = { scope: "agent" as const, agent: "a", model: "gpt-5", total: 9 };
    const run = { scope: "run" as const, model: "gpt-5", total: 20 };
    for (const order of [
      [call, agent, run],
      [run, agent, call],
      [agent, call, run],
    ]) {
      const usage = fold(...order);
      expect(usage.byModel["gpt-5"]).toMatchObject({ scope: "call", total: 3 });
      expect(usage.byAgent.a).toMatchObject({ scope: "call", total: 3 });
    }
    expect(fold(run).byModel["gpt-5"]).toMatchObject({ scope: "run", total: 20 });
  });

  it("follow the run's total when it is corrected by a later one", () => {
    const usage = fold({ scope: "run", model: "small", total: 5 }, { scope: "run", model: "large", total: 8 });
    expect(Object.keys(usage.byModel)).toEqual(["large"]);
    expect(usage.run?.total).toBe(8);
  });

  it("give back the same slice when nothing was metered", () => {
    const { usage } = foldRow(emptyRow(), events({ total: 4 }));
    expect(evolveUsage(usage, log({ type: "tool.called" }))).toBe(usage);
  });
});
