/** The text that the standard-webhooks signature covers (specification, "Signature scheme"). */
export function standardSignedText(message: { readonly id: string; readonly timestamp: number; readonly body: string }): string {
  return `${message.id}.${message.timestamp}.${message.body}`;
}

const standardPrefix = "whsec_";

/**
 * Key bytes of the standard-webhooks signature: for a secret `whsec_<base64>`, the decoded base64; for any other, its text. The older
 * `X-Webhook-Signature` always uses the whole secret as text.
 */
export function standardKey(secret: string): { readonly text: string; readonly encoding: "base64" | "utf8" } {
  return secret.startsWith(standardPrefix)
    ? { text: secret.slice(standardPrefix.length), encoding: "base64" }
    : { text: secret, encoding: "utf8" };
}
