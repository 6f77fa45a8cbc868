import { z } from "zod";
import { CostFigures } from "../api/costs";
import { nameText } from "../name-text";
import { EffectivePrice } from "./effective-price";
import { rateOf } from "./rates";

const instant = z.iso.datetime();
const rate = z
  .string()
  .max(20)
  .refine((text) => rateOf(text) !== null, "A price must be a decimal number of dollars per million tokens, with at most nine decimals.")
  .describe('dollars per million tokens, as a decimal number in a string: "2.5"');
const name = nameText({ max: 200 });

/** What a project pays for a model, if it is not the public price or there is none. */
export const NewPrice = z.strictObject({
  model: name.describe("model name as senders report it; * matches any characters"),
  provider: name.nullable().default(null).describe("only for events with this provider"),
  input: rate,
  output: rate,
  cachedRead: rate.nullable().default(null).describe("null = same as input"),
  cachedWrite: rate.nullable().default(null).describe("null = same as input"),
  reasoning: rate.nullable().default(null).describe("null = same as output, which includes reasoning"),
  validFrom: instant.nullable().default(null).describe("for tokens used from this time on; null = always"),
});
export type NewPrice = z.infer<typeof NewPrice>;

export const Price = NewPrice.extend({ id: z.uuid(), createdAt: instant, createdBy: z.string() });
export type Price = z.infer<typeof Price>;

export const ModelPrice = z.object({
  model: z.string(),
  figures: CostFigures.describe("of the last 90 days"),
  price: EffectivePrice,
});
export type ModelPrice = z.infer<typeof ModelPrice>;

export const PriceList = z.object({
  publicList: z.object({ name: z.literal("genai-prices"), version: z.string() }),
  overrides: z.array(Price).describe("in order of precedence"),
  models: z
    .array(ModelPrice)
    .describe("models used in the last 90 days, most expensive first, at most 200; the price is that of events without a provider"),
});
export type PriceList = z.infer<typeof PriceList>;
