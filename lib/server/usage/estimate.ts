import { calcPrice } from "@pydantic/genai-prices";
import type { Usage } from "@/lib/core/events/canonical";

const maxUnknown = 1_000;
const unknown = new Set<string>();

/**
 * Nano-dollars that these tokens cost by public prices; null when nobody can say (no model, no split of the tokens, no
 * known price); undefined when there is nothing to price (a cost was reported, or no tokens were).
 */
export function estimateNanos(usage: Usage | undefined): number | null | undefined {
  if (!usage || usage.costNanos !== undefined) return undefined;
  const { input, output, cachedRead = 0, cachedWrite = 0 } = usage;
  if (input === undefined && output === undefined) return usage.total ? null : undefined;
  if (!usage.model) return null;
  const key = `${usage.provider ?? ""}\n${usage.model}`;
  if (unknown.has(key)) return null;
  const cachedBeside = usage.rule === "cached-beside-input" ? cachedRead + cachedWrite : 0;
  // The price table counts cached tokens inside the input.
  const nanos = priceOf(
    {
      input_tokens: (input ?? 0) + cachedBeside,
      cache_read_tokens: cachedRead,
      cache_write_tokens: cachedWrite,
      output_tokens: output ?? 0,
    },
    usage,
  );
  if (nanos === null && unknown.size < maxUnknown) unknown.add(key);
  return nanos;
}

function priceOf(tokens: Parameters<typeof calcPrice>[0], usage: Usage): number | null {
  try {
    const price =
      calcPrice(tokens, usage.model ?? "", usage.provider ? { providerId: usage.provider } : undefined) ??
      (usage.provider ? calcPrice(tokens, usage.model ?? "") : null);
    const nanos = price ? Math.round(price.total_price * 1e9) : null;
    return nanos !== null && Number.isSafeInteger(nanos) && nanos >= 0 ? nanos : null;
  } catch {
    // The library throws for figures it finds absurd (more cached than input tokens): nobody can price those.
    return null;
  }
}
