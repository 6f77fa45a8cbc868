import type { Usage } from "@/lib/core/events/canonical";
import { emptyPriceBook, type PriceBook } from "@/lib/core/prices/price-book";
import { type PricedTokens, pricedNanos } from "@/lib/core/prices/rates";
import { countOf } from "@/lib/core/usage/sum";
import { publicNanos } from "../prices/public-prices";

const longestName = 200;

/**
 * Nano-dollars that these tokens cost by the project's own price, else by the public prices, of the instant at which they were
 * used (some vendors are cheaper at night); null when nobody can say (no model, no split of the tokens, counts that contradict
 * each other, no known price); undefined when there is nothing to price (a cost was reported, or no tokens were).
 */
export function estimateNanos(usage: Usage | undefined, atMs: number, prices: PriceBook = emptyPriceBook): number | null | undefined {
  if (!usage || usage.costNanos !== undefined) return undefined;
  const { input, output, total = 0, model, provider } = usage;
  if (input === undefined && output === undefined) return total > 0 ? null : undefined;
  const tokens = tokensOf(usage);
  if (!model || isTooLong(model) || isTooLong(provider) || tokens === null) return null;
  const halfTold = input === undefined || output === undefined;
  if (halfTold && total > tokens.input + tokens.cachedRead + tokens.cachedWrite + tokens.output) return null;
  const named = { model, provider, atMs };
  const rule = prices.ruleFor(named);
  if (rule !== null) return pricedNanos(rule, tokens);
  // The public list counts cached tokens inside the input.
  const cached = tokens.cachedRead + tokens.cachedWrite;
  return publicNanos(
    {
      input_tokens: tokens.input + cached,
      cache_read_tokens: tokens.cachedRead,
      cache_write_tokens: tokens.cachedWrite,
      cache_write_1h_tokens: usage.cachedWrite1h ?? 0,
      output_tokens: tokens.output,
    },
    named,
  );
}

/** No list of prices knows such a name, and what is looked up is remembered. */
function isTooLong(name = ""): boolean {
  return name.length > longestName;
}

/** Tokens by class, by the sender's rule about where it counts the cached ones. null: no counts, more cached than input, or more kept for an hour than written. */
function tokensOf(usage: Usage): PricedTokens | null {
  const { input = 0, output = 0, cachedRead = 0, cachedWrite = 0, cachedWrite1h = 0, reasoning, rule } = usage;
  const counts = { input, output, cachedRead, cachedWrite, reasoning: countOf(reasoning) ?? 0 };
  const uncached = rule === "cached-beside-input" ? input : input - cachedRead - cachedWrite;
  if (uncached < 0 || cachedWrite1h > cachedWrite || Object.values(counts).some((count) => !Number.isSafeInteger(count) || count < 0))
    return null;
  return { ...counts, input: uncached };
}
