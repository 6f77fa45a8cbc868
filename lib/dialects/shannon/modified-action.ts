import { stringifyExact } from "../../core/exact-json";
import type { Json } from "../../core/json";
import { parseJson } from "../shared";

/**
 * The arguments in Shannon's `modified_action`, which its gateway reads as a text: JSON where they are an object or a list, and empty, as
 * Go writes a field that nobody filled in, where nothing was changed.
 */
export function readModifiedAction(written: Json | undefined): Json | undefined {
  if (written === undefined || written === null) return undefined;
  if (typeof written !== "string") return written;
  return written.trim() === "" ? undefined : (parseJson(written) ?? written);
}

/** Changed arguments as its gateway takes them. It refuses the whole decision where anything but a text stands there. */
export function writeModifiedAction(edited: Json | undefined): string | undefined {
  return edited === undefined || typeof edited === "string" ? edited : stringifyExact(edited);
}
