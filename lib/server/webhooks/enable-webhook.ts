import type { Webhook } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { giveUpDeliveries } from "./end-deliveries";
import { findWebhook } from "./find-webhook";
import { holdCursor } from "./hold-cursor";
import { noSuch, uuidOf } from "./public-id";

/** Re-enables a disabled webhook, for what is committed from now on. An active one stays as it is. Throws not_found. */
export async function enableWebhook(projectId: string, publicWebhookId: string): Promise<Webhook> {
  const id = uuidOf("webhook", publicWebhookId);
  await services().pool.begin(async (tx) => {
    await holdCursor(tx, projectId);
    const [found] = await tx`select status from webhooks where project_id = ${projectId} and id = ${id} and kind = 'events' for update`;
    if (!found) throw noSuch("webhook");
    // Deliveries that were in flight when it was disabled and were not accepted.
    if (found.status === "disabled") await giveUpDeliveries(tx, tx`project_id = ${projectId} and webhook_id = ${id}`);
    await tx`
      update webhooks set status = 'active', disabled_reason = null,
        from_feed_seq = (select seq from feed_heads where project_id = ${projectId})
      where project_id = ${projectId} and id = ${id} and status = 'disabled'`;
  });
  return findWebhook(projectId, publicWebhookId);
}
