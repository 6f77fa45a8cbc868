import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { Usage } from "@/lib/core/events/canonical";
import { PriceBook } from "@/lib/core/prices/price-book";
import { estimateNanos } from "./estimate";

const noon = Date.parse("2026-01-05T12:00:00Z");
const price = (usage: Partial<Usage>, atMs = noon) => estimateNanos({ scope: "call", ...usage }, atMs);

const rates = { input: 1, output: 1, cachedRead: null, cachedWrite: null, reasoning: null };

/**
 * Hand-computed from the vendors' published rates. A rate of $1 per million tokens is 1,000 nano-dollars a token, so each
 * expected figure is a sum of whole products.
 */
describe("what an event cost, to the nano-dollar", () => {
  it.each<[vendor: string, usage: Partial<Usage>, nanos: number]>([
    // OpenAI: cached tokens stand inside the input. gpt-5: 1,250 in, 125 cached, 10,000 out.
    ["OpenAI, plain", { model: "gpt-5", provider: "openai", input: 200, output: 150 }, 200 * 1_250 + 150 * 10_000],
    ["OpenAI, one token", { model: "gpt-5", input: 1, output: 0 }, 1_250],
    [
      "OpenAI, cached inside the input",
      { model: "gpt-5", rule: "cached-in-input", input: 1_000, cachedRead: 400, output: 50 },
      600 * 1_250 + 400 * 125 + 50 * 10_000,
    ],
    [
      "OpenAI, reasoning is a part of output and is not paid twice",
      { model: "o4-mini", input: 100, output: 900, reasoning: 800 },
      100 * 1_100 + 900 * 4_400,
    ],
    ["OpenAI, a dated name", { model: "gpt-5-2025-08-07", provider: "openai", input: 7, output: 3 }, 7 * 1_250 + 3 * 10_000],
    // gpt-4o-mini: 150 in, 75 cached, 600 out.
    [
      "OpenAI, all of the input cached",
      { model: "gpt-4o-mini", rule: "cached-in-input", input: 333, cachedRead: 333, output: 1 },
      333 * 75 + 600,
    ],
    // Anthropic: both cached classes stand beside the input. Sonnet 4: 3,000 in, 300 read, 3,750 write, 15,000 out.
    [
      "Anthropic, cached beside the input",
      {
        model: "claude-sonnet-4-20250514",
        provider: "anthropic",
        rule: "cached-beside-input",
        input: 600,
        cachedRead: 400,
        cachedWrite: 31,
        output: 50,
      },
      600 * 3_000 + 400 * 300 + 31 * 3_750 + 50 * 15_000,
    ],
    // What is kept for an hour is a part of what is written. Sonnet 4.5: 3,750 for five minutes, 6,000 for an hour; GPT-5 has one price for both.
    [
      "Anthropic, a part of the cache for an hour",
      { model: "claude-sonnet-4-5", rule: "cached-beside-input", input: 2, cachedWrite: 1_000, cachedWrite1h: 600, output: 0 },
      2 * 3_000 + 600 * 6_000 + 400 * 3_750,
    ],
    [
      "OpenAI, which sells no hour",
      { model: "gpt-5", rule: "cached-in-input", input: 100, cachedWrite: 10, cachedWrite1h: 10, output: 0 },
      100 * 1_250,
    ],
    // Opus 4.1: 15,000 in, 1,500 read, 18,750 write, 75,000 out.
    [
      "Anthropic, nothing but cached",
      { model: "claude-opus-4-1", rule: "cached-beside-input", input: 0, cachedRead: 7, cachedWrite: 1, output: 0 },
      7 * 1_500 + 18_750,
    ],
    // Google, 2.5 Pro: 1,250 in and 10,000 out up to 200,000 tokens of input, 2,500 and 15,000 above.
    ["Google, below the tier", { model: "gemini-2.5-pro", provider: "google", input: 200_000, output: 10 }, 200_000 * 1_250 + 10 * 10_000],
    ["Google, above the tier", { model: "gemini-2.5-pro", provider: "google", input: 200_001, output: 10 }, 200_001 * 2_500 + 10 * 15_000],
    [
      "xAI, cached inside",
      { model: "grok-4", provider: "x-ai", rule: "cached-in-input", input: 10, cachedRead: 4, output: 2 },
      6 * 3_000 + 4 * 750 + 2 * 15_000,
    ],
    ["Groq", { model: "llama-3.3-70b-versatile", provider: "groq", input: 11, output: 13 }, 11 * 590 + 13 * 790],
  ])("%s", (_, usage, nanos) => expect(price(usage)).toBe(nanos));

  it("follows the clock of the event, not of the server: DeepSeek is cheaper at night", () => {
    const usage = { model: "deepseek-chat", provider: "deepseek", input: 1_000, output: 0 };
    expect(price(usage, noon)).toBe(1_000 * 270);
    expect(price(usage, Date.parse("2026-01-05T23:00:00Z"))).toBe(1_000 * 135);
  });

  it("follows the price list of the day: o3 was five times dearer until June 2025", () => {
    const usage = { model: "o3", input: 10, output: 0 };
    expect(price(usage, Date.parse("2025-05-05T00:00:00Z"))).toBe(10 * 10_000);
    expect(price(usage, Date.parse("2025-07-05T00:00:00Z"))).toBe(10 * 2_000);
  });
});

describe("what cannot be priced", () => {
  it("is null, never a zero: no model, no known model, no split", () => {
    expect(price({ input: 10, output: 10 })).toBeNull();
    expect(price({ model: "house-model-7", input: 10, output: 10 })).toBeNull();
    expect(price({ model: "gpt-5", total: 360 })).toBeNull();
  });

  it("is null where a half of the tokens was not told, instead of an estimate that is too low", () => {
    expect(price({ model: "gpt-5", output: 150, total: 350 })).toBeNull();
    expect(price({ model: "gpt-5", input: 100, total: 100 })).toBe(100 * 1_250);
  });

  it("is null where more was written for an hour than was written", () => {
    const written = {
      model: "claude-sonnet-4-5",
      rule: "cached-beside-input",
      input: 0,
      output: 0,
      cachedWrite: 9,
      cachedWrite1h: 10,
    } as const;
    expect(price(written)).toBeNull();
  });

  it("is null where more was cached than came in, and does not spoil the model for the next event", () => {
    const model = "gpt-4.1";
    expect(price({ model, rule: "cached-in-input", input: 10, cachedRead: 1_000, output: 1 })).toBeNull();
    expect(price({ model: "mistral-large-latest", rule: "cached-in-input", input: 10, cachedRead: 1_000, output: 1 })).toBeNull();
    expect(price({ model, input: 10, output: 1 })).toBe(10 * 2_000 + 8_000);
  });

  it("is undefined where nothing has to be priced: a cost was told, a zero too, or no tokens were", () => {
    expect(price({ model: "gpt-5", input: 10, output: 10, costNanos: 5 })).toBeUndefined();
    expect(price({ model: "gpt-5", input: 10, output: 10, costNanos: 0 })).toBeUndefined();
    expect(price({ model: "gpt-5" })).toBeUndefined();
    expect(estimateNanos(undefined, noon)).toBeUndefined();
  });

  it("is null where a name is longer than any model's, and nothing of it is kept", () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const book = new PriceBook([{ ...rates, id: "own", model: "house-*", provider: null, validFromMs: 0 }]);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 50; n += 1) {
      const long = JSON.parse(`"${"x".repeat(999_000)}${n}"`) as string;
      for (const named of [{ model: long }, { model: "house-model-8", provider: long }])
        expect(estimateNanos({ scope: "call", ...named, input: 10, output: 10 }, noon, book)).toBeNull();
    }
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
  });
});
