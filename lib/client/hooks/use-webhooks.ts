import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createWebhook, deleteWebhook, enableWebhook, redeliver, rotateWebhook, testWebhook } from "../api/webhooks";
import { webhookQueries } from "../queries/webhooks";

export type { Delivery, NewWebhook, Webhook, WebhookWithSecret } from "../api/webhooks";

/** The project's webhooks, read again every few seconds. */
export function useWebhooks() {
  return useQuery(webhookQueries.webhooks());
}

export function useCreateWebhook() {
  return useMutation({ mutationFn: createWebhook, onSuccess: useRefresh() });
}

export function useDeleteWebhook() {
  return useMutation({ mutationFn: deleteWebhook, onSuccess: useRefresh() });
}

export function useTestWebhook() {
  return useMutation({ mutationFn: testWebhook, onSuccess: useRefresh() });
}

export function useRotateWebhook() {
  return useMutation({ mutationFn: rotateWebhook, onSuccess: useRefresh() });
}

export function useEnableWebhook() {
  return useMutation({ mutationFn: enableWebhook, onSuccess: useRefresh() });
}

export function useRedeliver() {
  return useMutation({ mutationFn: redeliver, onSuccess: useRefresh() });
}

/** What was sent to a webhook, newest first, while it is looked at. */
export function useDeliveries(webhookId: string, limit: number) {
  return useQuery(webhookQueries.deliveries(webhookId, limit));
}

/** One delivery with its body. */
export function useDelivery(id: string) {
  return useQuery(webhookQueries.delivery(id));
}

// Lists, logs and single deliveries share the beginning of their keys.
function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: webhookQueries.webhooks().queryKey });
}
