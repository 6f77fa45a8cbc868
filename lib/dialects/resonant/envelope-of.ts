import { isJsonObject, type JsonObject } from "../../core/json";
import type { Incoming } from "../contract";
import { own, readString } from "../shared";
import { knownTypes } from "./catalogue";

/** Keys of the envelope. */
const envelopeKeys: ReadonlySet<string> = new Set(["id", "type", "created_at", "data", "metadata"]);

/**
 * The event's kind: the envelope's `type`, else the frame's name. A frame without an envelope may have a `type` of its own, so a known name
 * takes precedence over an unknown type, except `message`, which is also the name of unnamed frames.
 */
export function wordOf({ body, name }: Incoming): string {
  const type = readString(body, "type");
  if (type === undefined) return name ?? "";
  return knownTypes.has(type) || name === undefined || name === "message" || !knownTypes.has(name) ? type : name;
}

/** What the event is about: `data` and whatever is beside the envelope; for a frame without an envelope, all of it. */
export function fieldsOf({ body }: Incoming): JsonObject {
  const beside = Object.fromEntries(Object.entries(body).filter(([key]) => !envelopeKeys.has(key)));
  const about = own(body, "data");
  if (about === undefined) return beside;
  return isJsonObject(about) ? { ...beside, ...about } : { ...beside, data: about };
}
