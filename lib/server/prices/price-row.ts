import type { prices } from "@/db/schema";
import type { NewPrice, Price } from "@/lib/core/prices/price";
import { type PriceClass, type Rates, rateOf, rateText } from "@/lib/core/prices/rates";

type PriceRow = typeof prices.$inferSelect;

export function priceOf(row: PriceRow): Price {
  const { id, model, provider, validFromMs, createdAtMs, createdBy } = row;
  return {
    ...{ id, model, provider, createdBy },
    ...rateTexts(row),
    validFrom: validFromMs === 0 ? null : new Date(validFromMs).toISOString(),
    createdAt: new Date(createdAtMs).toISOString(),
  };
}

type RateTexts = { input: string; output: string } & { [K in Exclude<PriceClass, "input" | "output">]: string | null };

export function rateTexts(rates: Rates): RateTexts {
  const text = (rate: number | null) => (rate === null ? null : rateText(rate));
  return {
    input: rateText(rates.input),
    output: rateText(rates.output),
    cachedRead: text(rates.cachedRead),
    cachedWrite: text(rates.cachedWrite),
    reasoning: text(rates.reasoning),
  };
}

/** The prices as numbers; the request schema has already validated them. */
export function ratesOf({ input, output, cachedRead, cachedWrite, reasoning }: NewPrice): Rates {
  const rate = (text: string | null) => (text === null ? null : rateOf(text));
  return {
    input: rateOf(input) ?? 0,
    output: rateOf(output) ?? 0,
    cachedRead: rate(cachedRead),
    cachedWrite: rate(cachedWrite),
    reasoning: rate(reasoning),
  };
}
