import { entriesOf, parseExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";
import { DomainError } from "../errors";

/**
 * Throws invalid_request if a top-level field appears twice: we would use the last one, while a log or proxy may have read the first.
 * Deeper levels are the caller's own. The text is JSON that has already been parsed, with bounded depth.
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
