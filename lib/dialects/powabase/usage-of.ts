import type { Usage, UsageScope } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { defined, own, readCount, readNanos, readObject, readString } from "../shared";

const besideKeys = ["cache_read_input_tokens", "cache_creation_input_tokens"] as const;

/**
 * Tokens and cost of a `usage` object. The names imply the rule: `cache_*_input_tokens` are not part of the input, other cached counts are.
 */
export function usageOf(usage: JsonObject | undefined, scope: UsageScope): Usage | undefined {
  const inputDetails = readObject(usage, "prompt_tokens_details", "input_tokens_details");
  const outputDetails = readObject(usage, "completion_tokens_details", "output_tokens_details");
  const cachedRead =
    readCount(usage, "cached_tokens", "cached", "cache_read_tokens", "cache_read_input_tokens") ?? readCount(inputDetails, "cached_tokens");
  const cachedWrite = readCount(usage, "cache_creation_tokens", "cache_write_tokens", "cache_creation_input_tokens");
  const figures = defined({
    input: readCount(usage, "prompt_tokens", "input_tokens"),
    output: readCount(usage, "completion_tokens", "output_tokens"),
    cachedRead,
    cachedWrite,
    reasoning: readCount(usage, "reasoning_tokens") ?? readCount(outputDetails, "reasoning_tokens"),
    total: readCount(usage, "total_tokens"),
    costNanos: readNanos(usage, "cost_usd", "total_cost_usd", "cost"),
  });
  if (Object.keys(figures).length === 0) return undefined;
  const cached = cachedRead !== undefined || cachedWrite !== undefined;
  return defined<Usage>({
    scope,
    model: readString(usage, "model"),
    provider: readString(usage, "provider"),
    ...figures,
    rule: cached ? (own(usage, ...besideKeys) === undefined ? "cached-in-input" : "cached-beside-input") : undefined,
  });
}
