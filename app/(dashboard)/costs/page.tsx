import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { costParams, costWindow } from "@/components/costs/cost-params";
import { costQueries } from "@/lib/client/queries/costs";
import { windowSpan } from "@/lib/core/costs/cost-span";
import { listBudgets } from "@/lib/server/budgets/list-budgets";
import { costReport } from "@/lib/server/costs/cost-report";
import { topRuns } from "@/lib/server/costs/top-runs";
import { requireSession } from "@/lib/server/http/require-session";
import { services } from "@/lib/server/services";
import { CostsClient } from "./client";

export const metadata: Metadata = { title: "Costs" };

const loadParams = createLoader(costParams);

export default async function CostsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { projectId } = await requireSession();
  const { group, ...params } = await loadParams(searchParams);
  const window = costWindow(params);
  const span = windowSpan(window, services().now());
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({ ...costQueries.costReport(window, group), queryFn: () => costReport(projectId, { ...span, groupBy: group }) }),
    client.prefetchQuery({ ...costQueries.topRuns(window), queryFn: async () => ({ runs: await topRuns(projectId, span, 10) }) }),
    client.prefetchQuery({ ...costQueries.budgets(), queryFn: () => listBudgets(projectId) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <CostsClient />
    </HydrationBoundary>
  );
}
