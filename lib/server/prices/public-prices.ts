import { calcPrice } from "@pydantic/genai-prices";
import { type PricedTokens, type PricePart, partsNanos, type Rates, rateOf } from "@/lib/core/prices/rates";

/** Version of the public price list used for estimates: that of the package @pydantic/genai-prices. */
export const publicPricesVersion = "0.1.8";

type PublicPrice = Rates & { readonly tiered: boolean };

const mostRemembered = 2_000;
/** Names missing from the public list: looking them up again would be slow and pointless. */
const unknown = new Set<string>();

export type NamedModel = { readonly model: string; readonly provider: string | undefined; readonly atMs: number };

type ListedTokens = Pick<PricedTokens, "input" | "cachedRead" | "cachedWrite" | "output"> & {
  /** The part of `cachedWrite` that is cached for an hour. */
  readonly cachedWrite1h: number;
};

/** The cost of these tokens in nano-dollars by the public list at that time, or null if the list cannot say. */
export function publicNanos(tokens: ListedTokens, named: NamedModel): number | null {
  return nanosOf(lookUp(tokens, named));
}

/**
 * The same with the price of each class. Some models get more expensive above a number of tokens: the tier is the one whose prices
 * yield the list's total. `parts` is null if none does, for example for a model billed per request.
 */
export function publicParts(
  tokens: ListedTokens,
  named: NamedModel,
): { readonly nanos: number; readonly key: string; readonly parts: readonly PricePart[] | null } | null {
  const found = lookUp(tokens, named);
  const nanos = nanosOf(found);
  if (found === null || nanos === null) return null;
  const prices = found.model_price as ListPrices;
  const steps = 1 + Math.max(0, ...Object.values(prices).map((price) => (typeof price === "object" ? price.tiers.length : 0)));
  for (let step = 0; step < steps; step++) {
    const parts = listedParts(prices, step, tokens);
    // The list calculates in doubles.
    if (Math.abs((partsNanos(parts) ?? -2) - nanos) <= 1) return { nanos, key: parts.map(({ rate }) => rate).join(), parts };
  }
  return { nanos, key: "", parts: null };
}

type ListPrice = number | { readonly base: number; readonly tiers: readonly { readonly price: number }[] };
type ListPrices = Readonly<Record<string, ListPrice | undefined>>;

function listedParts(prices: ListPrices, step: number, tokens: ListedTokens): readonly PricePart[] {
  const rate = (key: string): number | null => {
    const price = prices[key];
    if (price === undefined) return null;
    const dollars = typeof price === "number" || step === 0 ? baseOf(price) : (price.tiers[step - 1]?.price ?? baseOf(price));
    return rateOf(dollars.toFixed(9));
  };
  const input = rate("input_mtok") ?? 0;
  const cachedWrite = rate("cache_write_mtok") ?? input;
  return [
    { class: "input", tokens: tokens.input, rate: input },
    { class: "cachedRead", tokens: tokens.cachedRead, rate: rate("cache_read_mtok") ?? input },
    { class: "cachedWrite", tokens: tokens.cachedWrite - tokens.cachedWrite1h, rate: cachedWrite },
    { class: "cachedWrite1h", tokens: tokens.cachedWrite1h, rate: rate("cache_write_1h_mtok") ?? cachedWrite },
    { class: "output", tokens: tokens.output, rate: rate("output_mtok") ?? 0 },
  ];
}

function baseOf(price: ListPrice): number {
  return typeof price === "number" ? price : price.base;
}

function nanosOf(found: ReturnType<typeof lookUp>): number | null {
  const nanos = found === null ? null : Math.round(found.total_price * 1e9);
  return nanos !== null && Number.isSafeInteger(nanos) && nanos >= 0 ? nanos : null;
}

/** A model's public price at a given time, or null if it has none. */
export function publicRates(named: NamedModel): PublicPrice | null {
  const prices = lookUp({ input: 1, cachedRead: 0, cachedWrite: 0, cachedWrite1h: 0, output: 1 }, named)?.model_price as
    | ListPrices
    | undefined;
  if (!prices) return null;
  const price = (key: string): number | null => {
    const value = prices[key];
    return value === undefined ? null : rateOf(baseOf(value).toFixed(9));
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

function lookUp({ input, cachedRead, cachedWrite, cachedWrite1h, output }: ListedTokens, { model, provider, atMs }: NamedModel) {
  // The list counts cached tokens as part of the input.
  const tokens = {
    input_tokens: input + cachedRead + cachedWrite,
    cache_read_tokens: cachedRead,
    cache_write_tokens: cachedWrite,
    cache_write_1h_tokens: cachedWrite1h,
    output_tokens: output,
  };
  const key = `${provider ?? ""}\n${model}`;
  if (unknown.has(key)) return null;
  const timestamp = new Date(atMs);
  try {
    const price =
      (provider ? calcPrice(tokens, model, { providerId: provider, timestamp }) : null) ?? calcPrice(tokens, model, { timestamp });
    if (!price && unknown.size < mostRemembered) unknown.add(key);
    return price;
  } catch {
    // The library throws on figures it finds absurd. Those cannot be priced, but the next event of this model may be fine.
    return null;
  }
}
