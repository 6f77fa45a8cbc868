import { parseExact } from "./parse-exact";
import { stringifyExact } from "./stringify-exact";

type Packed = { readonly exactJson: string };

/** A value as text in a plain object, for ways that carry plain objects only: from the server's rendering to the browser. */
export function packExact(value: unknown): Packed {
  return { exactJson: stringifyExact(value) };
}

/** What was packed; anything else as it is. */
export function unpackExact(value: unknown): unknown {
  return isPacked(value) ? parseExact(value.exactJson) : value;
}

function isPacked(value: unknown): value is Packed {
  return typeof value === "object" && value !== null && "exactJson" in value && typeof value.exactJson === "string";
}
