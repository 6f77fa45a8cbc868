import type { JsonObject } from "../../core/json";
import type { Incoming } from "../contract";
import { own, readObject, readString } from "../shared";
import { knownTypes } from "./catalogue";

/** Keys of the frame itself in any of its three shapes. */
const frameKeys = ["type", "event", "payload", "data", "id"];

/**
 * The event's kind: the body's discriminator, else the frame's name unless that is `message`. A flat payload may have a `type` of its own,
 * so a word from the catalogue takes precedence.
 */
export function wordOf({ body, name }: Incoming): string {
  const words = [readString(body, "type"), readString(body, "event"), name === "message" ? undefined : name];
  return words.find((word) => word !== undefined && knownTypes.has(word)) ?? words.find((word) => word !== undefined && word !== "") ?? "";
}

/** The payload in any of the three shapes: flat, under `payload`, under `data`. Fields beside it (timestamp, run id) are kept. */
export function fieldsOf(incoming: Incoming): JsonObject {
  const { body } = incoming;
  const payload = readObject(body, "payload", "data");
  if (payload !== undefined) return { ...withoutKeys(body, frameKeys), ...payload };
  const word = wordOf(incoming);
  return withoutKeys(body, ["id", ...["type", "event"].filter((key) => own(body, key) === word)]);
}

function withoutKeys(body: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !keys.includes(key)));
}
