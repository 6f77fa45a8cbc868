import type { Webhook } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { findWebhook } from "./find-webhook";
import { noSuch, uuidOf } from "./public-id";

/** Tells a disabled webhook again, of what is committed from now on. An active one stays as it is. Throws not_found. */
export async function enableWebhook(projectId: string, publicWebhookId: string): Promise<Webhook> {
  const id = uuidOf("webhook", publicWebhookId);
  await services().pool.begin(async (tx) => {
    await tx`
      insert into webhook_cursors as c (project_id, feed_seq) select project_id, seq from feed_heads where project_id = ${projectId}
      on conflict (project_id) do update set feed_seq = c.feed_seq`;
    // What was under way when it was disabled, and was not taken. Before the webhook's row, as outcomes take the two.
    await tx`
      update webhook_deliveries d set status = 'failed', next_attempt_ms = null from webhooks w
      where d.project_id = ${projectId} and d.webhook_id = ${id} and d.status = 'pending'
        and w.project_id = d.project_id and w.id = d.webhook_id and w.kind = 'events' and w.status = 'disabled'`;
    const [found] = await tx`select status from webhooks where project_id = ${projectId} and id = ${id} and kind = 'events' for update`;
    if (!found) throw noSuch("webhook");
    await tx`
      update webhooks set status = 'active', disabled_reason = null,
        from_feed_seq = (select seq from feed_heads where project_id = ${projectId})
      where project_id = ${projectId} and id = ${id} and status = 'disabled'`;
  });
  return findWebhook(projectId, publicWebhookId);
}
