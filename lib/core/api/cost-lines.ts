import { z } from "zod";
import { usageScopes } from "../events/canonical";
import { effectiveSources } from "../prices/effective-price";

const count = z.number().int().nonnegative();

export const tokenClasses = ["input", "cachedRead", "cachedWrite", "cachedWrite1h", "output", "reasoning"] as const;

const CostPart = z.object({
  class: z.enum(tokenClasses).describe("input is without the cached classes; output is with reasoning unless that has a price of its own"),
  tokens: count,
  rate: z.string().nullable().describe("dollars per million tokens; null where the price is not known, or not one of tokens"),
  nanos: count.nullable().describe("tokens times rate"),
});

/** Calls of one agent and model that were paid at the same prices. */
export const CostLine = z.object({
  scope: z.enum(usageScopes).describe("where it was measured; figures of one scope repeat those of another and are never added"),
  agent: z.string().nullable(),
  model: z.string().nullable(),
  provider: z.string().nullable(),
  source: z
    .enum(["reported", ...effectiveSources, "changed"])
    .describe("who says so: the sender, a price of the project's own, the public list, nobody, or a price that is not there any more"),
  shown: z.boolean().describe("whether the cost that the run shows counts it: the sum of those that are is that cost"),
  price: z.string().describe("the same for what was paid at the same prices"),
  priceId: z.uuid().nullable().describe("of the project's own price"),
  events: count,
  tokens: count.describe("in all, as reported where reported"),
  nanos: count.describe("0 where nobody can price it"),
  parts: z.array(CostPart).describe("what has no tokens is left out"),
});
export type CostLine = z.infer<typeof CostLine>;

/** How the money of a run comes about. */
export const CostLines = z.object({
  lines: z.array(CostLine).describe("dearest first, at most 500"),
  more: count.describe("lines beyond those"),
  publicList: z.object({ name: z.literal("genai-prices"), version: z.string() }),
});
export type CostLines = z.infer<typeof CostLines>;
