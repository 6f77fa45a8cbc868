import { describe, expect, test } from "vitest";
import type { CanonicalEvent } from "@/lib/core/events/canonical";
import type { JsonObject } from "@/lib/core/json";
import { isRefusal } from "@/lib/dialects/contract";
import { adapters } from "@/lib/dialects/registry";
import { stageFor } from "../direct";
import { wrap } from "../envelopes";
import { createRandom } from "../random";
import type { Decision, Scenario } from "../scenario";
import { bigRun } from "./big-run";
import { scenarios } from "./index";

const decisions: readonly Decision[] = [
  { outcome: "approved", by: "sam" },
  { outcome: "denied", by: "sam", comment: "not yet" },
  { outcome: "answered", by: "sam", answer: "yes" },
  { outcome: "none" },
];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

type Played = { readonly runId: string | null; readonly wires: ReturnType<typeof wrap>[]; readonly spans: number[] };

function play(scenario: Scenario, seed: number, decision: Decision): Played {
  const stage = stageFor(createRandom(seed), 1);
  const { runId, script } = scenario.open(stage);
  const played: Played = { runId, wires: [], spans: [] };
  const random = createRandom(seed + 1);
  let atMs = Date.UTC(2026, 0, 1);
  for (let step = script.next(); !step.done; step = script.next(step.value.awaits === undefined ? undefined : decision)) {
    atMs += step.value.afterMs;
    played.spans.push(step.value.afterMs);
    played.wires.push(wrap(scenario.dialect, step.value.event, { runId, number: played.wires.length + 1, atMs, random }));
  }
  return played;
}

function everyWay(scenario: Scenario): Played[] {
  return seeds.flatMap((seed) => decisions.map((decision) => play(scenario, seed, decision)));
}

function decode(scenario: Scenario, { body, event, id }: ReturnType<typeof wrap>): CanonicalEvent {
  return adapters[scenario.dialect].decode({ body, ...(event !== undefined && { name: event }), ...(id !== undefined && { id }) });
}

const endings: ReadonlySet<string> = new Set(["run.completed", "run.failed", "run.cancelled", "stream.ended"]);

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_name, scenario) => {
  test("every event is of a type that its dialect's catalogue lists, and belongs to the run", () => {
    const adapter = adapters[scenario.dialect];
    for (const { runId, wires } of everyWay(scenario)) {
      for (const { body, event, id } of wires) {
        const address = adapter.address({ body, ...(event !== undefined && { name: event }), ...(id !== undefined && { id }) });
        if (isRefusal(address)) throw new Error(`${address.message}: ${JSON.stringify(body)}`);
        expect(adapter.catalogue).toContain(address.type);
        // A stream names its run in its request; everything else says it itself.
        expect(address.run ?? (scenario.delivery === "stream" ? runId : null)).toBe(runId);
      }
    }
  });

  test("every event is understood, and a run ends whatever a human decides", () => {
    for (const { runId, wires } of everyWay(scenario)) {
      const events = wires.map((wire) => decode(scenario, wire));
      expect(events.filter((event) => event.type === "event.unknown")).toEqual([]);
      if (runId !== null) expect(endings.has(events.at(-1)?.type ?? "")).toBe(true);
    }
  });

  test("the same seed plays the same events, another seed another run", () => {
    const decision: Decision = { outcome: "none" };
    expect(play(scenario, 7, decision)).toEqual(play(scenario, 7, decision));
    expect(play(scenario, 7, decision).wires).not.toEqual(play(scenario, 8, decision).wires);
  });

  test("no event comes before the one behind it, and nothing takes longer than two minutes but a human", () => {
    for (const { spans } of everyWay(scenario)) {
      expect(spans.every((span) => Number.isInteger(span) && span >= 0)).toBe(true);
      expect(spans.reduce((sum, span) => sum + span, 0)).toBeLessThan(120_000);
    }
  });
});

describe("the cast as a whole", () => {
  const all = scenarios.flatMap((scenario) => everyWay(scenario).flatMap(({ wires }) => wires.map((wire) => decode(scenario, wire))));

  test("all five dialects play", () => {
    expect(new Set(scenarios.map((scenario) => scenario.dialect))).toEqual(new Set(Object.keys(adapters)));
  });

  test("a budget stands at 85 % before the approval that is left waiting", () => {
    const research = scenarios.find((scenario) => scenario.name === "shannon-research");
    if (research === undefined) throw new Error("the research scenario is gone");
    const events = play(research, 3, { outcome: "none" }).wires.map((wire) => decode(research, wire));
    const budget = events.findIndex((event) => event.type === "budget.crossed");
    const request = events.findIndex((event) => event.type === "approval.requested");
    expect(budget).toBeLessThan(request);
    expect(events[budget]?.budget).toMatchObject({ usedPercent: 85, thresholdPercent: 80 });
    const { tokensUsed = 0, tokensBudget = 0 } = events[budget]?.budget ?? {};
    expect(tokensUsed / tokensBudget).toBeCloseTo(0.85, 3);
    expect(events[request]?.approval).toMatchObject({ tool: "publish_report", risk: "HIGH" });
    expect(events[request]?.approval?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    "run.failed",
    "run.cancelled",
    "error.recovered",
    "artifact.created",
    "delegation.started",
    "message.sent",
    "team.recruited",
    "step.failed",
    "user.acted",
    "billing.recorded",
    "task.assigned",
    "model.streamed",
    "text.streamed",
  ])("%s is played", (type) => {
    expect(all.some((event) => event.type === type)).toBe(true);
  });

  test("every reported cost is money that its tokens can explain", () => {
    const priced = all.filter((event) => event.usage?.costNanos !== undefined);
    expect(priced.length).toBeGreaterThan(100);
    for (const { usage } of priced) {
      const tokens = usage?.total ?? (usage?.input ?? 0) + (usage?.output ?? 0);
      const dollarsPerMillion = (usage?.costNanos ?? 0) / 1e9 / (tokens / 1e6);
      expect(dollarsPerMillion).toBeGreaterThan(0.25);
      expect(dollarsPerMillion).toBeLessThan(15);
    }
  });
});

describe("the big run", () => {
  test.each([1, 2, 30, 1_000, 20_000])("has exactly the %d events that were asked for, in the order of time", (total) => {
    let last = 0;
    let count = 0;
    for (const { atMs } of bigRun(createRandom(5), total)) {
      expect(atMs).toBeGreaterThanOrEqual(last);
      last = atMs;
      count += 1;
    }
    expect(count).toBe(total);
  });

  test("is a tree of agents with tools and model calls that ends", () => {
    const { shannon } = adapters;
    const events = [...bigRun(createRandom(5), 5_000)].map(({ event }: { event: JsonObject }) => shannon.decode({ body: event }));
    const types = new Set(events.map((event) => event.type));
    expect(types.has("event.unknown")).toBe(false);
    for (const type of ["agent.started", "tool.called", "tool.returned", "model.completed", "run.completed"] as const)
      expect(types).toContain(type);
    const parents = new Set(events.flatMap((event) => (event.parentAgent === undefined ? [] : [event.parentAgent])));
    expect(parents.size).toBeGreaterThan(2);
  });
});
