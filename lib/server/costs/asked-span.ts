import {
  bucketCount,
  type CostSpan,
  costBuckets,
  customSpan,
  earliestCostMs,
  latestCostMs,
  maxCostPoints,
  unsaidLengthMs,
} from "@/lib/core/costs/cost-span";
import { DomainError } from "../errors";
import { instantOf, wordOf } from "../http/query";
import { services } from "../services";

/** The time range in `?from=&to=&bucket=`, widened to whole minutes; by default the last 24 hours, or 6 hours with minute buckets. */
export function askedSpan(query: URLSearchParams): CostSpan {
  const toMs = instantOf(query, "to") ?? services().now();
  const wanted = wordOf(query, "bucket", costBuckets);
  const fromMs = instantOf(query, "from") ?? toMs - unsaidLengthMs(wanted);
  for (const [name, ms] of [
    ["to", toMs],
    ["from", fromMs],
  ] as const)
    if (ms < earliestCostMs || ms > latestCostMs)
      throw new DomainError("invalid_request", `"${name}" must lie between 1970 and 2100.`, { path: `?${name}=` });
  if (fromMs >= toMs) throw new DomainError("invalid_request", `"from" must be before "to".`, { path: "?from=" });
  const span = customSpan(fromMs, toMs);
  const bucket = wanted ?? span.bucket;
  const count = bucketCount({ ...span, bucket });
  if (count > maxCostPoints) {
    const hint = bucket === "day" ? "Request a shorter range." : "Request larger buckets or a shorter range.";
    throw new DomainError("invalid_request", `The range has ${count} buckets; the most is ${maxCostPoints}.`, { path: "?bucket=", hint });
  }
  return { ...span, bucket };
}
