import { DomainError } from "../errors";
import type { Call } from "./call";

export const maxIdempotencyKeyChars = 255;

/** The key under which a request may be repeated; undefined without one. Throws invalid_request. */
export function idempotencyKeyOf(call: Pick<Call, "header">): string | undefined {
  const key = call.header("idempotency-key");
  if (key !== undefined && (key === "" || key.length > maxIdempotencyKeyChars))
    throw new DomainError("invalid_request", `An Idempotency-Key must have 1 to ${maxIdempotencyKeyChars} characters.`, {
      path: "Idempotency-Key",
    });
  return key;
}
