import { calcPrice } from "@pydantic/genai-prices";
import type { Usage } from "@/lib/core/events/canonical";

const maxUnknown = 1_000;
/** Names that the price table does not know: looking them up again would be slow and in vain. */
const unknown = new Set<string>();

type TokenCounts = {
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly output_tokens: number;
};

/**
 * Nano-dollars that these tokens cost by the public prices of the instant at which they were used (some vendors are cheaper
 * at night); null when nobody can say (no model, no split of the tokens, counts that contradict each other, no known price);
 * undefined when there is nothing to price (a cost was reported, or no tokens were).
 */
export function estimateNanos(usage: Usage | undefined, atMs: number): number | null | undefined {
  if (!usage || usage.costNanos !== undefined) return undefined;
  const { input, output, total = 0 } = usage;
  if (input === undefined && output === undefined) return total > 0 ? null : undefined;
  const tokens = tokensOf(usage);
  const halfTold = input === undefined || output === undefined;
  if (!usage.model || tokens === null || (halfTold && total > tokens.input_tokens + tokens.output_tokens)) return null;
  const key = `${usage.provider ?? ""}\n${usage.model}`;
  if (unknown.has(key)) return null;
  const price = priceOf(tokens, { model: usage.model, provider: usage.provider, at: new Date(atMs) });
  if (price === "unknown model" && unknown.size < maxUnknown) unknown.add(key);
  return typeof price === "number" ? price : null;
}

/** The price table counts cached tokens inside the input. Reasoning is a part of output. null: more cached than input. */
function tokensOf({ input = 0, output = 0, cachedRead = 0, cachedWrite = 0, rule }: Usage): TokenCounts | null {
  const cached = cachedRead + cachedWrite;
  const input_tokens = rule === "cached-beside-input" ? input + cached : input;
  if (cached > input_tokens) return null;
  return { input_tokens, cache_read_tokens: cachedRead, cache_write_tokens: cachedWrite, output_tokens: output };
}

type Named = { readonly model: string; readonly provider: string | undefined; readonly at: Date };

function priceOf(tokens: TokenCounts, { model, provider, at }: Named): number | "unknown model" | null {
  try {
    const price =
      (provider ? calcPrice(tokens, model, { providerId: provider, timestamp: at }) : null) ?? calcPrice(tokens, model, { timestamp: at });
    if (!price) return "unknown model";
    const nanos = Math.round(price.total_price * 1e9);
    return Number.isSafeInteger(nanos) && nanos >= 0 ? nanos : null;
  } catch {
    // The library throws for figures it finds absurd: nobody can price those, but the next event of this model may be sane.
    return null;
  }
}
