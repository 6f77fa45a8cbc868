import { createHash, randomBytes } from "node:crypto";

/** A new secret with 256 bits, told apart by its prefix. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** Only this is kept of a secret. Secrets are random and long, so a fast hash is enough. */
export function secretHash(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
