import { parseExact } from "./parse-exact";
import { stringifyExact } from "./stringify-exact";

type Packed = { readonly exactJson: string };

/** A value as text in a plain object, for transports that carry only plain objects: from server rendering to the browser. */
export function packExact(value: unknown): Packed {
  return { exactJson: stringifyExact(value) };
}

/** Unpacks a packed value; returns anything else as is. */
export function unpackExact(value: unknown): unknown {
  return isPacked(value) ? parseExact(value.exactJson) : value;
}

function isPacked(value: unknown): value is Packed {
  return typeof value === "object" && value !== null && "exactJson" in value && typeof value.exactJson === "string";
}
