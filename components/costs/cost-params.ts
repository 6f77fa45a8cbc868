import { parseAsIsoDateTime, parseAsStringLiteral } from "nuqs/server";
import { costGroupings } from "@/lib/core/costs/cost-grouping";
import {
  bucketCount,
  type CostWindow,
  costRanges,
  customSpan,
  earliestCostMs,
  latestCostMs,
  maxCostPoints,
} from "@/lib/core/costs/cost-span";

export const costMeasures = ["money", "tokens"] as const;
export type CostMeasure = (typeof costMeasures)[number];

/** What the costs page shows, as the address writes it, for the server and the browser. `from` and `to` win over `range`. */
export const costParams = {
  range: parseAsStringLiteral(costRanges).withDefault("24h"),
  group: parseAsStringLiteral(costGroupings).withDefault("agent"),
  show: parseAsStringLiteral(costMeasures).withDefault("money"),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
};

export function costWindow(params: { range: CostWindow["range"]; from: Date | null; to: Date | null }): CostWindow {
  const { range, from, to } = params;
  const fixed = from && to ? { fromMs: from.getTime(), toMs: to.getTime() } : null;
  return { range, fixed: fixed && isReadable(fixed) ? fixed : null };
}

/** What the API answers, too: a hand-written address does not have a page draw ten thousand bars. */
function isReadable({ fromMs, toMs }: NonNullable<CostWindow["fixed"]>): boolean {
  return fromMs < toMs && fromMs >= earliestCostMs && toMs <= latestCostMs && bucketCount(customSpan(fromMs, toMs)) <= maxCostPoints;
}
