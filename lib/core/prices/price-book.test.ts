import { describe, expect, it } from "vitest";
import { matchesModel, PriceBook, type PriceRule } from "./price-book";

const rule = (id: string, model: string, more: Partial<PriceRule> = {}): PriceRule => ({
  ...{ id, model, provider: null, input: 0, output: 0, cachedRead: null, cachedWrite: null, reasoning: null, validFromMs: 0 },
  ...more,
});
const found = (rules: readonly PriceRule[], model: string, provider?: string, atMs = 1_000) =>
  new PriceBook(rules).ruleFor({ model, provider, atMs })?.id ?? null;

describe("a model's pattern", () => {
  it.each([
    ["gpt-5", "GPT-5", true],
    ["gpt-5", "gpt-5-mini", false],
    ["gpt-5*", "gpt-5-mini", true],
    ["*mini", "gpt-5-mini", true],
    ["gpt*mini", "gpt-mini", true],
    ["gpt*mini*mini", "gpt-mini", false],
    ["a*a", "a", false],
    ["*", "", true],
    ["house/*-v*", "house/x-v2", true],
    ["house.*", "houseXa", false],
    [`${"a*".repeat(90)}b`, "a".repeat(200), false],
  ])("%s and %s: %s", (pattern, name, fits) => expect(matchesModel(pattern, name)).toBe(fits));
});

describe("of several prices", () => {
  it("the one that names the provider wins, then the plain name, then the pattern that says more", () => {
    const rules = [
      rule("any", "*"),
      rule("short", "gpt-*"),
      rule("long", "gpt-5*"),
      rule("exact", "gpt-5"),
      rule("vendor", "*", { provider: "azure" }),
    ];
    expect(found(rules, "gpt-5")).toBe("exact");
    expect(found(rules, "gpt-5-mini")).toBe("long");
    expect(found(rules, "gpt-4o")).toBe("short");
    expect(found(rules, "grok-4")).toBe("any");
    expect(found(rules, "gpt-5", "Azure")).toBe("vendor");
    expect(found(rules, "gpt-5", "openai")).toBe("exact");
    // In whatever order they were set, and however the provider is written.
    expect(found([...rules].reverse(), "gpt-5", "AZURE")).toBe("vendor");
    expect(found([...rules].reverse(), "gpt-5")).toBe("exact");
    expect(found([rule("own", "m", { provider: "Azure" }), rule("any", "m")], "m", "azure")).toBe("own");
    expect(found([rule("own", "m", { provider: "azure" })], "m")).toBeNull();
    expect(found([rule("pattern", "a-very-long-name*"), rule("plain", "a-very-long-name")], "a-very-long-name")).toBe("plain");
    expect(found([rule("long", "a*model"), rule("new", "a*", { validFromMs: 500 })], "a-model")).toBe("long");
  });

  it("the one that was set last wins where nothing else tells them apart", () => {
    expect(found([rule("id-1", "m"), rule("id-2", "m")], "m")).toBe("id-2");
    expect(found([rule("id-2", "m"), rule("id-1", "m")], "m")).toBe("id-2");
  });

  it("each name is asked for itself, however often", () => {
    const book = new PriceBook([rule("all", "m*", { provider: "azure" }), rule("none", "n")]);
    const ask = (model: string, provider?: string) => book.ruleFor({ model, provider, atMs: 0 })?.id ?? null;
    expect(["m1", "m1", "M1", "n", "m1"].map((model) => ask(model, "azure"))).toEqual(["all", "all", "all", "none", "all"]);
    expect([ask("m1"), ask("m1", "openai"), ask("n")]).toEqual([null, null, "none"]);
  });

  it("the one that holds since last wins, and none that does not hold yet", () => {
    const rules = [rule("first", "m"), rule("second", "m", { validFromMs: 500 }), rule("later", "m", { validFromMs: 2_000 })];
    expect(found(rules, "m", undefined, 499)).toBe("first");
    expect(found(rules, "m", undefined, 500)).toBe("second");
    expect(found(rules, "m", undefined, 2_000)).toBe("later");
    expect(found([rule("later", "m", { validFromMs: 2_000 })], "m")).toBeNull();
  });
});
