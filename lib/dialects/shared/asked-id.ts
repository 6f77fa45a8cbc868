import type { LoggedEvent } from "../../core/events/logged";
import type { JsonObject } from "../../core/json";
import { own } from "./own";

/** The id by which a request can be decided: the sender's or, if it sent none, ours. */
export function askedId({ approval }: LoggedEvent): string | undefined {
  return approval?.id ?? approval?.requestId;
}

/** What a sender wrote about its request, with our id under `key` if it wrote none. */
export function withAskedId(fields: JsonObject, key: string, event: LoggedEvent): JsonObject {
  if (event.type !== "approval.requested" || own(fields, key) !== undefined) return fields;
  const id = askedId(event);
  return id === undefined ? fields : { ...fields, [key]: id };
}
