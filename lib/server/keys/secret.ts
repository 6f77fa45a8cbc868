import { createHash, randomBytes } from "node:crypto";

/** A new secret with 256 random bits, recognisable by its prefix. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** The only form in which a secret is stored. Secrets are random and long, so a fast hash is enough. */
export function secretHash(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
