import { isJsonObject, type JsonObject } from "../../core/json";
import type { DialectEncoder, Outgoing } from "../contract";

/** What the sender wrote, when it wrote it in the words of this encoder. */
export function ownBody(outgoing: Outgoing, dialect: DialectEncoder["dialect"]): JsonObject | undefined {
  return outgoing.event.source.dialect === dialect && isJsonObject(outgoing.raw) ? outgoing.raw : undefined;
}
