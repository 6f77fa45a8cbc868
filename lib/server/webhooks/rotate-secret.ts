import type { WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { findWebhook } from "./find-webhook";
import { noSuch, uuidOf } from "./public-id";
import { newWebhookSecret, sealedFor } from "./webhook-secret";

/** Both secrets sign for this long after a rotation. */
export const overlapMs = 86_400_000;

/** Gives a webhook a new secret; the one before signs beside it for 24 hours. Throws not_found. */
export async function rotateSecret(projectId: string, publicWebhookId: string, given?: string | null): Promise<WebhookWithSecret> {
  const { pool, now } = services();
  const id = uuidOf("webhook", publicWebhookId);
  const secret = given ?? newWebhookSecret();
  const rotated = await pool`
    update webhooks set previous_secret = secret, previous_until_ms = ${now() + overlapMs}, secret = ${sealedFor(id, secret)}
    where project_id = ${projectId} and id = ${id} and kind = 'events' returning id`;
  if (rotated.length === 0) throw noSuch("webhook");
  return { ...(await findWebhook(projectId, publicWebhookId)), secret };
}
