import type { Replay, StartedReplay } from "@/lib/core/webhooks/replay";
import type { Delivery, DeliveryList, NewWebhook, Webhook, WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { request } from "./request";

export type { Delivery, NewWebhook, Replay, Webhook, WebhookWithSecret };

export type ReplayWish = {
  readonly webhook_url: string;
  readonly since?: string;
  readonly until?: string;
  readonly types?: readonly string[];
  readonly speed?: number;
  readonly secret?: string;
};

const webhooks = "/api/v1/webhooks";
const replays = "/api/v1/events/replay";

export async function readWebhooks(signal?: AbortSignal): Promise<readonly Webhook[]> {
  return (await request<{ readonly data: readonly Webhook[] }>(`${webhooks}?limit=100`, { signal })).data;
}

export function createWebhook(wanted: NewWebhook): Promise<WebhookWithSecret> {
  return request<WebhookWithSecret>(webhooks, { method: "POST", body: wanted });
}

export function deleteWebhook(id: string): Promise<void> {
  return request<void>(`${webhooks}/${encodeURIComponent(id)}`, { method: "DELETE" });
}

export function testWebhook(id: string): Promise<Delivery> {
  return request<Delivery>(`${webhooks}/${encodeURIComponent(id)}/test`, { method: "POST", body: {} });
}

export function rotateWebhook(id: string): Promise<WebhookWithSecret> {
  return request<WebhookWithSecret>(`${webhooks}/${encodeURIComponent(id)}/rotate`, { method: "POST", body: {} });
}

export function enableWebhook(id: string): Promise<Webhook> {
  return request<Webhook>(`${webhooks}/${encodeURIComponent(id)}/enable`, { method: "POST", body: {} });
}

export function readDeliveries(id: string, limit: number, signal?: AbortSignal): Promise<DeliveryList> {
  return request<DeliveryList>(`${webhooks}/${encodeURIComponent(id)}/deliveries?limit=${limit}`, { signal });
}

export function readDelivery(id: string, signal?: AbortSignal): Promise<Delivery> {
  return request<Delivery>(`${webhooks}/deliveries/${encodeURIComponent(id)}`, { signal });
}

export function redeliver(id: string): Promise<Delivery> {
  return request<Delivery>(`${webhooks}/deliveries/${encodeURIComponent(id)}/redeliver`, { method: "POST", body: {} });
}

export async function readReplays(signal?: AbortSignal): Promise<readonly Replay[]> {
  return (await request<{ readonly data: readonly Replay[] }>(`${replays}?limit=5`, { signal })).data;
}

export function startReplay(wish: ReplayWish): Promise<StartedReplay> {
  return request<StartedReplay>(replays, { method: "POST", body: wish });
}

export function startRunReplay({ runId, wish }: { readonly runId: string; readonly wish: ReplayWish }): Promise<StartedReplay> {
  return request<StartedReplay>(`/api/runs/${encodeURIComponent(runId)}/replay`, { method: "POST", body: wish });
}

export function cancelReplay(id: string): Promise<Replay> {
  return request<Replay>(`${replays}/${encodeURIComponent(id)}`, { method: "DELETE" });
}
