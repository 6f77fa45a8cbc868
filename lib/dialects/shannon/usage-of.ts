import type { Usage, UsageScope } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { defined, definedOrNone, readCount, readNanos, readObject, readString } from "../shared";

const modelKeys = ["model_used", "model"];
const inputKeys = ["input_tokens", "prompt_tokens"];
const outputKeys = ["output_tokens", "completion_tokens"];
const totalKeys = ["tokens_used", "total_tokens"];
const costKeys = ["cost_usd", "total_cost_usd", "estimated_cost"];
const readKeys = ["cache_read_tokens", "cache_read_input_tokens", "cached_tokens"];
const writeKeys = ["cache_creation_tokens", "cache_creation_input_tokens"];
const hourKey = "cache_creation_1h_tokens";
const reasoningKeys = ["reasoning_tokens"];

/** The fields that `usageOf` takes out of `extra`. The split of cache writes by lifetime stays there. */
export const usageKeys: readonly string[] = [
  ...["usage", "provider", ...modelKeys, ...inputKeys, ...outputKeys, ...totalKeys],
  ...[...costKeys, ...readKeys, ...writeKeys, ...reasoningKeys],
];

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

function cachedWriteOf(fields: JsonObject, usage: JsonObject | undefined): number | undefined {
  const whole = readCount(fields, ...writeKeys) ?? readCount(usage, ...writeKeys);
  const split = sum(readCount(fields, "cache_creation_5m_tokens"), readCount(fields, hourKey));
  return whole || (split ?? whole);
}

/** Anthropic counts cached tokens separately from the input, everybody else within it. */
function ruleOf(provider: string | undefined, model: string | undefined): Usage["rule"] {
  return /anthropic|claude/i.test(`${provider ?? ""} ${model ?? ""}`) ? "cached-beside-input" : "cached-in-input";
}

/**
 * Tokens and cost, at the top level as the orchestrator writes them or under `usage` as the model service does; undefined if there are
 * none.
 */
export function usageOf(fields: JsonObject, scope: UsageScope): Usage | undefined {
  const usage = readObject(fields, "usage");
  const details = readObject(usage, "prompt_tokens_details", "input_tokens_details");
  const outputDetails = readObject(usage, "completion_tokens_details", "output_tokens_details");
  const count = (...keys: readonly string[]) => readCount(fields, ...keys) ?? readCount(usage, ...keys);
  const cachedRead = count(...readKeys) ?? readCount(details, "cached_tokens");
  const cachedWrite = cachedWriteOf(fields, usage);
  const figures = definedOrNone({
    input: count(...inputKeys),
    output: count(...outputKeys),
    cachedRead,
    cachedWrite,
    cachedWrite1h: readCount(fields, hourKey),
    reasoning: count(...reasoningKeys) ?? readCount(outputDetails, "reasoning_tokens"),
    total: count(...totalKeys),
    costNanos: readNanos(fields, ...costKeys) ?? readNanos(usage, ...costKeys),
  });
  if (figures === undefined) return undefined;
  const model = readString(fields, ...modelKeys) ?? readString(usage, ...modelKeys);
  const provider = readString(fields, "provider") ?? readString(usage, "provider");
  const cached = cachedRead !== undefined || cachedWrite !== undefined;
  return defined<Usage>({ scope, model, provider, ...figures, rule: cached ? ruleOf(provider, model) : undefined });
}
