import type { Usage } from "@/lib/core/events/canonical";
import { emptyPriceBook, type PriceBook } from "@/lib/core/prices/price-book";
import { type PricedTokens, type PricePart, partsNanos, pricedNanos, priceParts } from "@/lib/core/prices/rates";
import { countOf } from "@/lib/core/usage/sum";
import { publicNanos, publicParts } from "../prices/public-prices";

const longestName = 200;

/**
 * Nano-dollars that these tokens cost by the project's own price, else by the public prices, of the instant at which they were
 * used (some vendors are cheaper at night); null when nobody can say (no model, no split of the tokens, counts that contradict
 * each other, no known price); undefined when there is nothing to price (a cost was reported, or no tokens were).
 */
export function estimateNanos(usage: Usage | undefined, atMs: number, prices: PriceBook = emptyPriceBook): number | null | undefined {
  const asked = usage && askedOf(usage, atMs);
  if (!asked) return asked;
  const rule = prices.ruleFor(asked.named);
  return rule ? pricedNanos(rule, asked.tokens) : publicNanos(asked.tokens, asked.named);
}

/** How an estimate comes about. */
export type Explained = {
  readonly nanos: number;
  readonly source: "override" | "genai-prices";
  /** Of the project's own price. */
  readonly priceId: string | null;
  /** The same for what is paid at the same prices. */
  readonly key: string;
  /** null where the list's price is not one of tokens alone. */
  readonly parts: readonly PricePart[] | null;
};

/** The same with the price that it is made by; null when nobody can say, or there is nothing to price. */
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

/** What a price is sought for; null and undefined as of `estimateNanos`. */
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

/** No list of prices knows such a name, and what is looked up is remembered. */
function isTooLong(name = ""): boolean {
  return name.length > longestName;
}

/** Tokens by class, by the sender's rule about where it counts the cached ones. null: no counts, more cached than input, or more kept for an hour than written. */
function tokensOf(usage: Usage): Asked["tokens"] | null {
  const { input = 0, output = 0, cachedRead = 0, cachedWrite = 0, cachedWrite1h = 0, reasoning, rule } = usage;
  const counts = { input, output, cachedRead, cachedWrite, cachedWrite1h, reasoning: countOf(reasoning) ?? 0 };
  const uncached = rule === "cached-beside-input" ? input : input - cachedRead - cachedWrite;
  if (uncached < 0 || cachedWrite1h > cachedWrite || Object.values(counts).some((count) => !Number.isSafeInteger(count) || count < 0))
    return null;
  return { ...counts, input: uncached };
}
