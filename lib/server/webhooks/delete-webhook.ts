import { services } from "../services";
import { forgetDeliveries } from "./end-deliveries";
import { noSuch, uuidOf } from "./public-id";

/** Deletes a webhook and its deliveries. Throws not_found. */
export async function deleteWebhook(projectId: string, publicWebhookId: string): Promise<void> {
  const id = uuidOf("webhook", publicWebhookId);
  await services().pool.begin(async (tx) => {
    const removed = await tx`delete from webhooks where project_id = ${projectId} and id = ${id} and kind = 'events' returning id`;
    if (removed.length === 0) throw noSuch("webhook");
    await forgetDeliveries(tx, projectId, id);
  });
}
