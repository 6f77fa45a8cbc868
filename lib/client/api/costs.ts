import type { CostReport, TopRuns } from "@/lib/core/api/costs";
import type { CostGrouping } from "@/lib/core/costs/cost-grouping";
import type { CostSpan } from "@/lib/core/costs/cost-span";
import { request } from "./request";

export function readCosts(span: CostSpan, groupBy: CostGrouping, signal?: AbortSignal): Promise<CostReport> {
  const params = spanParams(span);
  params.set("bucket", span.bucket);
  params.set("groupBy", groupBy);
  return request<CostReport>(`/api/costs?${params}`, { signal });
}

export function readTopRuns(span: CostSpan, signal?: AbortSignal): Promise<TopRuns> {
  return request<TopRuns>(`/api/costs/top-runs?${spanParams(span)}`, { signal });
}

function spanParams({ fromMs, toMs }: CostSpan): URLSearchParams {
  return new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
}
