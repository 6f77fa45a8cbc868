import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { runFilterParams as addressParams } from "@/components/runs/run-filter-params";
import { runsPageSize, runsQueries } from "@/lib/client/queries/runs";
import { runFilterParams } from "@/lib/core/run-query/run-filters";
import { requireSession } from "@/lib/server/http/require-session";
import { countRuns } from "@/lib/server/runs/count-runs";
import { listRuns } from "@/lib/server/runs/list-runs";
import { runFilterOf } from "@/lib/server/runs/run-filter";
import { services } from "@/lib/server/services";
import { RunsClient } from "./client";

export const metadata: Metadata = { title: "Runs" };

const loadFilters = createLoader(addressParams);

export default async function RunsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { projectId } = await requireSession();
  const filters = await loadFilters(searchParams);
  const client = new QueryClient();
  // A prefetch that fails (a bound that somebody mistyped in the address) is asked again by the browser, which shows why.
  await Promise.all([
    client.prefetchInfiniteQuery({
      ...runsQueries.runs(filters),
      queryFn: () => listRuns(projectId, runFilterOf(runFilterParams(filters), services().now()), { limit: runsPageSize }),
    }),
    client.prefetchQuery({ ...runsQueries.runCounts(), queryFn: () => countRuns(projectId) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RunsClient />
    </HydrationBoundary>
  );
}
