import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { cancelReplay, startReplay, startRunReplay } from "../api/webhooks";
import { webhookQueries } from "../queries/webhooks";

export type { Replay, ReplayWish } from "../api/webhooks";

/** The newest replays, with their progress while one runs. */
export function useReplays() {
  return useQuery(webhookQueries.replays());
}

export function useStartReplay() {
  const client = useQueryClient();
  return useMutation({ mutationFn: startReplay, onSuccess: () => client.invalidateQueries(webhookQueries.replays()) });
}

export function useStartRunReplay() {
  const client = useQueryClient();
  return useMutation({ mutationFn: startRunReplay, onSuccess: () => client.invalidateQueries(webhookQueries.replays()) });
}

export function useCancelReplay() {
  const client = useQueryClient();
  return useMutation({ mutationFn: cancelReplay, onSuccess: () => client.invalidateQueries(webhookQueries.replays()) });
}
