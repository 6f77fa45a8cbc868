import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { queries } from "@/lib/client/queries";
import { requireSession } from "@/lib/server/http/require-session";
import { listPrices } from "@/lib/server/prices/list-prices";
import { listRepricings } from "@/lib/server/prices/repricings";
import { PricesClient } from "./client";

export const metadata: Metadata = { title: "Prices" };

export default async function PricesPage() {
  const { projectId } = await requireSession();
  const client = new QueryClient();
  await Promise.all([
    client.prefetchQuery({ ...queries.prices(), queryFn: () => listPrices(projectId) }),
    client.prefetchQuery({ ...queries.repricings(), queryFn: async () => (await listRepricings(projectId)).repricings }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PricesClient />
    </HydrationBoundary>
  );
}
