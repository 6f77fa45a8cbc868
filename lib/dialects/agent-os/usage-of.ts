import type { Usage } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { defined, definedOrNone, readCount, readNanos, readString } from "../shared";

export const usageKeys: readonly string[] = [
  ...["prompt_tokens", "input_tokens", "completion_tokens", "output_tokens", "total_tokens"],
  ...["cost_usd", "total_cost_usd", "model", "provider"],
];

/** The run's own total: agent-os reports tokens and cost only at the end. */
export function usageOf(fields: JsonObject): Usage | undefined {
  const figures = definedOrNone({
    input: readCount(fields, "prompt_tokens", "input_tokens"),
    output: readCount(fields, "completion_tokens", "output_tokens"),
    total: readCount(fields, "total_tokens"),
    costNanos: readNanos(fields, "cost_usd", "total_cost_usd"),
  });
  if (figures === undefined) return undefined;
  return defined<Usage>({ scope: "run", model: readString(fields, "model"), provider: readString(fields, "provider"), ...figures });
}
