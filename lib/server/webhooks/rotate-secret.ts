import type { WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { findWebhook } from "./find-webhook";
import { noSuch, uuidOf } from "./public-id";
import { newWebhookSecret, sealedFor } from "./webhook-secret";

/** Both secrets sign for this long after a rotation. */
export const overlapMs = 86_400_000;

/**
 * Gives a webhook a new secret. The previous one also signs for 24 hours, unless it cannot be decrypted: then no message could be
 * sent. Throws not_found.
 */
export async function rotateSecret(projectId: string, publicWebhookId: string, given?: string | null): Promise<WebhookWithSecret> {
  const { pool, now, sealer } = services();
  const id = uuidOf("webhook", publicWebhookId);
  const secret = given ?? newWebhookSecret();
  const rotated = await pool`
    update webhooks set secret = ${sealedFor(id, secret)},
      previous_secret = case when starts_with(secret, ${sealer.beginning}) then secret end,
      previous_until_ms = case when starts_with(secret, ${sealer.beginning}) then ${now() + overlapMs}::bigint end
    where project_id = ${projectId} and id = ${id} and kind = 'events' returning id`;
  if (rotated.length === 0) throw noSuch("webhook");
  return { ...(await findWebhook(projectId, publicWebhookId)), secret };
}
