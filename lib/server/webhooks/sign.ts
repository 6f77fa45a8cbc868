import { createHmac } from "node:crypto";
import { headerValue } from "@/lib/core/webhooks/header-value";
import { standardKey, standardSignedText } from "@/lib/core/webhooks/signed-text";

export type Signed = { readonly id: string; readonly timestamp: number; readonly body: string };

/**
 * Signature headers. `X-Webhook-Signature` covers the raw body (ResonantGenesis); `webhook-*` follow the standard-webhooks
 * specification. `previous` is the secret before a rotation, which signs beside the present one.
 */
export function signatureHeaders(message: Signed, secrets: { present: string; previous: string | null }): Record<string, string> {
  const { present, previous } = secrets;
  const both = previous === null ? [present] : [present, previous];
  return {
    "x-webhook-id": message.id,
    "x-webhook-timestamp": String(message.timestamp),
    "x-webhook-signature": bodySignature(message.body, present),
    ...(previous === null ? {} : { "x-webhook-signature-previous": bodySignature(message.body, previous) }),
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestamp),
    "webhook-signature": both.map((secret) => standardSignature(message, secret)).join(" "),
  };
}

/** The same under Crewship's names; its documentation shows them without saying what is signed, so it is the raw body. */
export function crewshipHeaders(message: Signed, type: string, secret: string): Record<string, string> {
  return {
    "x-crewship-event": headerValue(type),
    "x-crewship-delivery": message.id,
    "x-crewship-timestamp": String(message.timestamp),
    "x-crewship-signature": bodySignature(message.body, secret),
  };
}

function bodySignature(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

function standardSignature(message: Signed, secret: string): string {
  const { text, encoding } = standardKey(secret);
  return `v1,${createHmac("sha256", Buffer.from(text, encoding)).update(standardSignedText(message)).digest("base64")}`;
}
