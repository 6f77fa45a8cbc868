import { bucketCount, bucketMs, type CostSpan, costBuckets, customSpan, maxCostPoints } from "@/lib/core/costs/cost-span";
import { DomainError } from "../errors";
import { instantOf, wordOf } from "../http/query";
import { services } from "../services";

/** The stretch that `?from=&to=&bucket=` asks for, widened to whole minutes; without them the last 24 hours. */
export function askedSpan(query: URLSearchParams): CostSpan {
  const toMs = instantOf(query, "to") ?? services().now();
  const fromMs = instantOf(query, "from") ?? toMs - bucketMs.day;
  if (fromMs >= toMs) throw new DomainError("invalid_request", `"from" must be before "to".`, { path: "?from=" });
  const span = customSpan(fromMs, toMs);
  const bucket = wordOf(query, "bucket", costBuckets) ?? span.bucket;
  const count = bucketCount({ ...span, bucket });
  if (count > maxCostPoints) {
    const hint = bucket === "day" ? "Ask for a shorter range." : "Ask for larger buckets or a shorter range.";
    throw new DomainError("invalid_request", `${count} buckets are more than ${maxCostPoints}.`, { path: "?bucket=", hint });
  }
  return { ...span, bucket };
}
