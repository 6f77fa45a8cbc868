import type { Usage } from "@/lib/core/events/canonical";
import { emptyPriceBook, type PriceBook } from "@/lib/core/prices/price-book";
import { type PricedTokens, type PricePart, partsNanos, pricedNanos, priceParts } from "@/lib/core/prices/rates";
import { countOf } from "@/lib/core/usage/sum";
import { publicNanos, publicParts } from "../prices/public-prices";

const longestName = 200;

/**
 * The cost of these tokens in nano-dollars by the project's own price, or else the public prices, at the time they were used (some
 * vendors are cheaper at night). null if it cannot be known (no model, no split of the tokens, contradictory counts, no known
 * price); undefined if there is nothing to price (a cost was reported, or no tokens were).
 */
export function estimateNanos(usage: Usage | undefined, atMs: number, prices: PriceBook = emptyPriceBook): number | null | undefined {
  const asked = usage && askedOf(usage, atMs);
  if (!asked) return asked;
  const rule = prices.ruleFor(asked.named);
  return rule ? pricedNanos(rule, asked.tokens) : publicNanos(asked.tokens, asked.named);
}

/** How an estimate is derived. */
export type Explained = {
  readonly nanos: number;
  readonly source: "override" | "genai-prices";
  /** The id of the project's own price, if one was used. */
  readonly priceId: string | null;
  /** Equal for estimates made with the same prices. */
  readonly key: string;
  /** null if the list's price is not based on tokens alone. */
  readonly parts: readonly PricePart[] | null;
};

/** The same with the price it is based on; null if it cannot be known or there is nothing to price. */
export function explainEstimate(usage: Usage, atMs: number, prices: PriceBook): Explained | null {
  const asked = askedOf(usage, atMs);
  if (!asked) return null;
  const rule = prices.ruleFor(asked.named);
  if (rule === null) {
    const found = publicParts(asked.tokens, asked.named);
    return found && { ...found, source: "genai-prices", priceId: null };
  }
  const parts = priceParts(rule, asked.tokens);
  const nanos = parts && partsNanos(parts);
  return nanos === null ? null : { nanos, source: "override", priceId: rule.id, key: rule.id, parts };
}

type Asked = {
  readonly tokens: PricedTokens & { readonly cachedWrite1h: number };
  readonly named: { readonly model: string; readonly provider: string | undefined; readonly atMs: number };
};

/** What to look a price up for; null and undefined as in `estimateNanos`. */
function askedOf(usage: Usage, atMs: number): Asked | null | undefined {
  if (usage.costNanos !== undefined) return undefined;
  const { input, output, total = 0, model, provider } = usage;
  if (input === undefined && output === undefined) return total > 0 ? null : undefined;
  const tokens = tokensOf(usage);
  if (!model || isTooLong(model) || isTooLong(provider) || tokens === null) return null;
  const halfTold = input === undefined || output === undefined;
  if (halfTold && total > tokens.input + tokens.cachedRead + tokens.cachedWrite + tokens.output) return null;
  return { tokens, named: { model, provider, atMs } };
}

/** No price list has such a long name, and lookups are cached. */
function isTooLong(name = ""): boolean {
  return name.length > longestName;
}

/**
 * Tokens by class, following the sender's rule on where cached tokens are counted. null: no counts, more cached than input, or more
 * cached for an hour than written.
 */
function tokensOf(usage: Usage): Asked["tokens"] | null {
  const { input = 0, output = 0, cachedRead = 0, cachedWrite = 0, cachedWrite1h = 0, reasoning, rule } = usage;
  const counts = { input, output, cachedRead, cachedWrite, cachedWrite1h, reasoning: countOf(reasoning) ?? 0 };
  const uncached = rule === "cached-beside-input" ? input : input - cachedRead - cachedWrite;
  if (uncached < 0 || cachedWrite1h > cachedWrite || Object.values(counts).some((count) => !Number.isSafeInteger(count) || count < 0))
    return null;
  return { ...counts, input: uncached };
}
