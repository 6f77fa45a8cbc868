import { describe, expect, it } from "vitest";
import { log } from "@/lib/core/run/testing/log";
import type { UsageState, UsageSum } from "@/lib/core/usage/state";
import { emptyUsage, evolveUsage } from "@/lib/core/usage/usage";
import { mostPoints, prepareTrail, type TrailGroup, type TrailSample } from "./prepare-trail";

const call = (model: string, agent: string, costNanos: number) => ({
  type: "model.completed" as const,
  ...{ agent, usage: { scope: "call" as const, model, input: 10, output: 5, costNanos } },
});

function samplesOf(events: ReturnType<typeof log>): TrailSample[] {
  let usage: UsageState = emptyUsage();
  return events.map((event) => {
    usage = evolveUsage(usage, [event]);
    return { seq: event.seq, atMs: event.occurredAtMs ?? 0, usage };
  });
}

describe("cost over time", () => {
  const samples = samplesOf(log(call("large", "a", 70), call("small", "b", 5), call("large", "b", 30)));
  const now = samples[2] as TrailSample;

  it("adds up by model or by agent, largest first, and ends at what the tables say", () => {
    expect(prepareTrail(samples, now, { group: "model", measure: "cost" })).toMatchObject({
      series: [{ key: "large" }, { key: "small" }],
      points: [{ values: [70, 0] }, { values: [70, 5] }, { values: [100, 5] }],
      top: 105,
    });
    expect(prepareTrail(samples, now, { group: "agent", measure: "tokens" }).points.at(-1)?.values).toEqual([30, 15]);
  });

  it("keeps reported and estimated apart", () => {
    const estimated = samplesOf(
      log(call("m", "a", 8), { type: "model.completed", agent: "a", usage: { scope: "call", model: "m", input: 1 }, estimatedNanos: 3 }),
    );
    const trail = prepareTrail(estimated, estimated[1] as TrailSample, { group: "origin", measure: "cost" });
    expect(trail.series.map(({ key }) => key)).toEqual(["reported", "estimated"]);
    expect(trail.points.at(-1)?.values).toEqual([8, 3]);
  });

  it("says of each series whether a part of it was estimated, and names the one that nobody named", () => {
    const tokens = { input: 4, cachedRead: 3, cachedWrite: 2, output: 1 };
    const guess = (model: string, estimatedNanos: number) => ({
      type: "model.completed" as const,
      ...{ agent: "a", usage: { scope: "call" as const, model, ...tokens }, estimatedNanos },
    });
    const mixed = samplesOf(log(call("told", "a", 50), guess("told", 20), guess("guessed", 30), call("paid", "b", 10)));
    const at = mixed[3] as TrailSample;
    const told = (group: TrailGroup) =>
      prepareTrail(mixed, at, { group, measure: "cost" }).series.map(({ label, estimated }) => [label, estimated]);
    expect(told("model")).toEqual([
      ["told", true],
      ["guessed", true],
      ["paid", false],
    ]);
    expect(told("agent")).toEqual([
      ["a", true],
      ["b", false],
    ]);
    expect(told("origin")).toEqual([
      ["reported", false],
      ["estimated", true],
    ]);
    const origins = prepareTrail(mixed, at, { group: "origin", measure: "tokens" });
    expect(origins.series.map(({ key }, index) => [key, origins.points.at(-1)?.values[index]])).toEqual([
      ["input", 28],
      ["output", 12],
      ["cached", 10],
    ]);
    const unnamed = { ...at, usage: { ...at.usage, byAgent: { "": at.usage.byModel.paid as UsageSum } } };
    expect(prepareTrail([], unnamed, { group: "agent", measure: "cost" }).series).toEqual([
      { key: "", label: "(not named)", estimated: false },
    ]);
  });

  it("shows nothing of what came after the moment shown, and time never runs backwards", () => {
    const shuffled = samples.map((sample, index) => ({ ...sample, atMs: [500, 100, 900][index] ?? 0 }));
    const trail = prepareTrail(shuffled, shuffled[1] as TrailSample, { group: "model", measure: "cost" });
    expect(trail.points.map(({ atMs }) => atMs)).toEqual([500, 500]);
    expect(trail.top).toBe(75);
  });

  it("stays within its points and series, and the others lose nothing", () => {
    const many = samplesOf(log(...Array.from({ length: 1_800 }, (_, i) => call(`m${i % 20}`, "a", 10))));
    const trail = prepareTrail(many, many.at(-1) as TrailSample, { group: "model", measure: "cost" });
    expect(trail.points.length).toBeLessThanOrEqual(mostPoints + 1);
    expect(trail.series).toHaveLength(6);
    expect(trail.points.at(-1)?.values.reduce((a, b) => a + b)).toBe(18_000);
    expect(trail.top).toBe(18_000);
  });
});
