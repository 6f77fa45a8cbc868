import { calcPrice } from "@pydantic/genai-prices";
import { type Rates, rateOf } from "@/lib/core/prices/rates";

/** Version of the public list that estimates are made by: that of the package @pydantic/genai-prices. */
export const publicPricesVersion = "0.1.8";

type PublicPrice = Rates & { readonly tiered: boolean };

const mostRemembered = 2_000;
/** Names that the public list does not know: looking them up again would be slow and in vain. */
const unknown = new Set<string>();

export type NamedModel = { readonly model: string; readonly provider: string | undefined; readonly atMs: number };

type ListTokens = {
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  /** Of those written, what is kept for an hour. */
  readonly cache_write_1h_tokens?: number;
  readonly output_tokens: number;
};

/** What these tokens cost in nano-dollars by the public list of that moment; null when it cannot say. */
export function publicNanos(tokens: ListTokens, named: NamedModel): number | null {
  const found = lookUp(tokens, named);
  if (found === null) return null;
  const nanos = Math.round(found.total_price * 1e9);
  return Number.isSafeInteger(nanos) && nanos >= 0 ? nanos : null;
}

/** The public price of a model at a moment; null when it has none. */
export function publicRates(named: NamedModel): PublicPrice | null {
  const prices = lookUp({ input_tokens: 1, cache_read_tokens: 0, cache_write_tokens: 0, output_tokens: 1 }, named)?.model_price;
  if (!prices) return null;
  const price = (key: string): number | null => {
    const value = prices[key];
    const dollars = typeof value === "object" ? value.base : value;
    return dollars === undefined ? null : rateOf(dollars.toFixed(9));
  };
  const [input, output] = [price("input_mtok"), price("output_mtok")];
  if (input === null && output === null) return null;
  return {
    input: input ?? 0,
    output: output ?? 0,
    cachedRead: price("cache_read_mtok"),
    cachedWrite: price("cache_write_mtok"),
    reasoning: null,
    tiered: Object.values(prices).some((value) => typeof value === "object"),
  };
}

function lookUp(tokens: ListTokens, { model, provider, atMs }: NamedModel) {
  const key = `${provider ?? ""}\n${model}`;
  if (unknown.has(key)) return null;
  const timestamp = new Date(atMs);
  try {
    const price =
      (provider ? calcPrice(tokens, model, { providerId: provider, timestamp }) : null) ?? calcPrice(tokens, model, { timestamp });
    if (!price && unknown.size < mostRemembered) unknown.add(key);
    return price;
  } catch {
    // The library throws for figures it finds absurd: nobody can price those, but the next event of this model may be sane.
    return null;
  }
}
