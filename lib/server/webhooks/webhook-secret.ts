import { randomBytes } from "node:crypto";
import { services } from "../services";

/** A new secret in the format of the standard-webhooks specification. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** Sealed for this webhook's row only. */
export function sealedFor(webhookId: string, secret: string): string {
  return services().sealer.seal(secret, secretPlace(webhookId));
}

export function secretPlace(id: string): string {
  return `webhook:${id}`;
}
