import type { RedactionOutcome, RedactionTrial } from "@/lib/core/api/redaction";
import { isJsonObject } from "@/lib/core/json";
import { services } from "../services";
import { requireUsable } from "./policy";
import { triedRedactor } from "./read-redactor";

/** What would be stored of a text under this policy. Stores nothing. Throws invalid_request. */
export function tryPolicy(projectId: string, { policy, text }: RedactionTrial): RedactionOutcome {
  requireUsable(policy);
  const redactor = triedRedactor(policy, services().sealer, projectId);
  // As the value of a field: text that is JSON is redacted as JSON there too.
  const tried = { text };
  const found = redactor?.json(JSON.stringify(tried), tried);
  return found && isJsonObject(found.value) ? { text: found.value.text, count: found.count } : { text, count: 0 };
}
