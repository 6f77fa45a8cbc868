import type { ApiEvent } from "@/lib/core/api/event";
import { shownExactly } from "@/lib/core/approvals/exact";
import type { Approval } from "@/lib/core/events/canonical";
import type { JsonObject } from "@/lib/core/json";
import { isJsonObject } from "@/lib/core/json";

/** What the log adds to an event; everything else in it is the canonical event. */
const logFields: ReadonlySet<string> = new Set(["seq", "receivedAt", "source", "raw"]);

/** The event in our own words, without the log's fields, type and time first: what stands beside the sender's JSON. */
export function canonicalOf(event: ApiEvent): Record<string, unknown> {
  const { type, occurredAt, ...rest } = shownExactly(event as ApiEvent & { approval?: Approval });
  const filled = Object.entries(rest).filter(([field, value]) => !logFields.has(field) && value !== undefined && value !== null);
  return { type, ...(occurredAt === null ? {} : { occurredAt }), ...Object.fromEntries(filled) };
}

/** What went in: the arguments or the prompt. undefined = the sender gave none. */
export function inputOf(event: ApiEvent): unknown {
  return event.input ?? approvalOf(event)?.arguments ?? undefined;
}

/** What came out: a result, else the words, else the error. undefined = none. */
export function outputOf(event: ApiEvent): unknown {
  return event.output ?? approvalOf(event)?.answer ?? (typeof event.text === "string" ? event.text : undefined) ?? event.error ?? undefined;
}

function approvalOf(event: ApiEvent): JsonObject | null {
  const { approval } = shownExactly(event as ApiEvent & { approval?: Approval });
  return isJsonObject(approval) ? approval : null;
}
