import { entriesOf, parseExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";
import { DomainError } from "../errors";

/**
 * Throws invalid_request where a field of the body stands twice: the last one would count here, and what logs it or lies before it may
 * have read the first. What lies deeper is the caller's own. The text is JSON that was parsed before, its depth bounded.
 */
export function requireSaidOnce(text: string): void {
  const body = parseExact(text);
  if (!isJsonObject(body)) return;
  const seen = new Set<string>();
  for (const [field] of entriesOf(body)) {
    if (seen.has(field)) throw new DomainError("invalid_request", "This field appears twice. Send it once.", { path: field });
    seen.add(field);
  }
}
