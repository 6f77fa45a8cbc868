import { describe, expect, it } from "vitest";
import { dialects } from "../core/dialect";
import { type OwnCrossing, ownBudgets } from "./own-budgets";
import { adapters } from "./registry";

const crossing: OwnCrossing = {
  ...{ runId: "run-7", budget: "Research", scope: "agent", key: "writer", unit: "tokens" },
  ...{ amount: 1_000, spent: 805, threshold: 80, seq: 41, atMs: Date.parse("2026-03-01T10:00:00Z") },
};

describe("a crossed budget, written in the words of the run's system", () => {
  it.each(dialects)("is read back as one by %s", (dialect) => {
    const body = ownBudgets[dialect](crossing);
    expect(adapters[dialect].address({ body })).toMatchObject({ run: "run-7" });
    const event = adapters[dialect].decode({ body });
    expect(event).toMatchObject({
      type: "budget.crossed",
      occurredAtMs: crossing.atMs,
      budget: { usedPercent: 80.5, thresholdPercent: 80, tokensUsed: 805, tokensBudget: 1_000, level: "warning", scope: "agent" },
    });
  });

  it("is one of a task in Shannon's words where it is one of a run", () => {
    const { key: _, ...of } = crossing;
    const body = ownBudgets.shannon({ ...of, scope: "run" });
    expect(body).toMatchObject({ payload: { budget_type: "task" } });
    expect(adapters.shannon.decode({ body }).budget).toMatchObject({ scope: "run" });
  });

  it.each(dialects)("carries money exactly through %s", (dialect) => {
    const dollars: OwnCrossing = { ...crossing, unit: "dollars", amount: 2_000_000_001, spent: 2_000_000_003, threshold: 100 };
    const text = JSON.stringify(ownBudgets[dialect](dollars));
    expect(text).toContain('"cost_used_nanos":2000000003');
    expect(adapters[dialect].decode({ body: ownBudgets[dialect](dollars) }).budget).toMatchObject({ level: "exceeded", usedPercent: 100 });
  });
});
