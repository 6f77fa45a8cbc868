import { randomUUID } from "node:crypto";

const accepted = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own id if it is safe in logs and replies, or else a new one. */
export function requestIdOf(given: string | readonly string[] | null | undefined): string {
  return typeof given === "string" && accepted.test(given) ? given : randomUUID();
}
