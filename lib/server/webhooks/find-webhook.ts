import type { Webhook } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { noSuch, uuidOf } from "./public-id";
import { shownWebhook, webhookRows } from "./webhook-row";

/** Throws not_found. */
export async function findWebhook(projectId: string, publicWebhookId: string): Promise<Webhook> {
  const [row] = await webhookRows(services().pool, projectId, { id: uuidOf("webhook", publicWebhookId), limit: 1, offset: 0 });
  if (!row) throw noSuch("webhook");
  return shownWebhook(row);
}
