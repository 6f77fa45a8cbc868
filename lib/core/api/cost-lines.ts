import { z } from "zod";
import { usageScopes } from "../events/canonical";
import { effectiveSources } from "../prices/effective-price";

const count = z.number().int().nonnegative();

export const tokenClasses = ["input", "cachedRead", "cachedWrite", "cachedWrite1h", "output", "reasoning"] as const;

const CostPart = z.object({
  class: z.enum(tokenClasses).describe("input excludes the cached classes; output includes reasoning unless that has a price of its own"),
  tokens: count,
  rate: z.string().nullable().describe("dollars per million tokens; null if the price is unknown or not per token"),
  nanos: count.nullable().describe("tokens times rate"),
});

/** Calls of one agent and model that were charged at the same prices. */
export const CostLine = z.object({
  scope: z.enum(usageScopes).describe("where it was measured; different scopes measure the same usage and are never added together"),
  agent: z.string().nullable(),
  model: z.string().nullable(),
  provider: z.string().nullable(),
  source: z
    .enum(["reported", ...effectiveSources, "changed"])
    .describe(
      "where the price comes from: the sender, the project's own price, the public list, nowhere, or a price that no longer exists",
    ),
  shown: z.boolean().describe("whether the run's displayed cost includes this line; the lines that it includes add up to that cost"),
  price: z.string().describe("identifies the prices; lines with the same value were paid at the same prices"),
  priceId: z.uuid().nullable().describe("id of the project's own price"),
  events: count,
  tokens: count.describe("total; the reported one if there is one"),
  nanos: count.describe("0 if it cannot be priced"),
  parts: z.array(CostPart).describe("classes without tokens are left out"),
});
export type CostLine = z.infer<typeof CostLine>;

/** How a run's cost adds up. */
export const CostLines = z.object({
  lines: z.array(CostLine).describe("most expensive first, at most 500"),
  more: count.describe("lines not listed"),
  publicList: z.object({ name: z.literal("genai-prices"), version: z.string() }),
});
export type CostLines = z.infer<typeof CostLines>;
