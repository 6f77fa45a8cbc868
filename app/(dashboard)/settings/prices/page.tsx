import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { costQueries } from "@/lib/client/queries/costs";
import { requireSession } from "@/lib/server/http/require-session";
import { listPrices } from "@/lib/server/prices/list-prices";
import { listRepricings } from "@/lib/server/prices/repricings";
import { PricesClient } from "./client";

export const metadata: Metadata = { title: "Prices" };

export default async function PricesPage() {
  const { projectId } = await requireSession();
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({ ...costQueries.prices(), queryFn: () => listPrices(projectId) }),
    client.prefetchQuery({ ...costQueries.repricings(), queryFn: async () => (await listRepricings(projectId)).repricings }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PricesClient />
    </HydrationBoundary>
  );
}
