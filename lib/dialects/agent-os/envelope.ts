import { isJsonObject, type JsonObject } from "../../core/json";
import type { Incoming } from "../contract";
import { own, parseJson, readString, restOf } from "../shared";

/** Names of the envelope's fields: those on the wire, and the JavaScript SDK's argument names, which hand-written senders copy. */
export const runKeys = ["sdk_run_id", "sdkRunId"] as const;
export const agentKeys = ["agent_name", "agentName"] as const;
export const timeKeys = ["occurred_at", "occurredAt"] as const;
const typeKeys = ["event_type", "eventType"] as const;

/** The sender's type; "" if there is none. */
export function writtenType({ body, name }: Incoming): string {
  return readString(body, ...typeKeys)?.trim() || (name === "message" ? "" : (name?.trim() ?? ""));
}

/** The payload, even if sent as JSON text, plus whatever is beside the envelope; the payload wins. */
export function fieldsOf(body: JsonObject): JsonObject {
  const envelope: readonly string[] = [...runKeys, ...agentKeys, ...timeKeys, ...typeKeys];
  const value = own(body, "payload");
  const payload = typeof value === "string" ? parseJson(value) : value;
  if (!isJsonObject(payload)) return restOf(body, envelope) ?? {};
  return { ...restOf(body, [...envelope, "payload"]), ...payload };
}
