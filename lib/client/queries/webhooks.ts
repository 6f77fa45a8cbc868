import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { readDeliveries, readDelivery, readReplays, readWebhooks } from "../api/webhooks";

/** Queries of webhooks and replays. No key is written anywhere else. */
export const webhookQueries = {
  webhooks: () => queryOptions({ queryKey: ["webhooks"], queryFn: ({ signal }) => readWebhooks(signal), refetchInterval: 5_000 }),
  deliveries: (webhookId: string, limit: number) =>
    queryOptions({
      queryKey: ["webhooks", webhookId, "deliveries", limit],
      queryFn: ({ signal }) => readDeliveries(webhookId, limit, signal),
      refetchInterval: 2_000,
      placeholderData: keepPreviousData,
    }),
  delivery: (id: string) => queryOptions({ queryKey: ["webhooks", "delivery", id], queryFn: ({ signal }) => readDelivery(id, signal) }),
  /** Once a second for as long as one is running. */
  replays: () =>
    queryOptions({
      queryKey: ["replays"],
      queryFn: ({ signal }) => readReplays(signal),
      refetchInterval: ({ state }) => (state.data?.some((replay) => replay.status === "running") ? 1_000 : 15_000),
    }),
};
