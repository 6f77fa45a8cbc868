import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { createLoader, type SearchParams } from "nuqs/server";
import { runFilterParams } from "@/components/runs/run-filter-params";
import { queries, runsPageSize } from "@/lib/client/queries";
import { requireSession } from "@/lib/server/http/require-session";
import { listRuns } from "@/lib/server/runs/list-runs";
import { RunsClient } from "./client";

export const metadata: Metadata = { title: "Runs" };

const loadFilters = createLoader(runFilterParams);

export default async function RunsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { projectId } = await requireSession();
  const { status, dialect, agent, q } = await loadFilters(searchParams);
  const client = new QueryClient();
  await client.prefetchInfiniteQuery({
    ...queries.runs({ status, dialect, agent, q }),
    queryFn: () =>
      listRuns(
        projectId,
        { ...(status && { status: [status] }), ...(dialect && { dialect }), ...(agent && { agent }), ...(q && { q }) },
        { limit: runsPageSize },
      ),
  });
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <RunsClient />
    </HydrationBoundary>
  );
}
