/** How a receiver written for Node checks that a message is ours; shown where there is no webhook yet, and run by a test. */
export const verifySnippet = `import { createHmac, timingSafeEqual } from "node:crypto";

export function isGenuine(rawBody, headers, secret) {
  const ours = "sha256=" + createHmac("sha256", secret).update(rawBody).digest("hex");
  const theirs = headers["x-webhook-signature"] ?? "";
  return ours.length === theirs.length && timingSafeEqual(Buffer.from(ours), Buffer.from(theirs));
}`;
