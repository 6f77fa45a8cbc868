import { stringifyExact } from "../../core/exact-json";
import type { Json } from "../../core/json";
import { parseJson } from "../shared";

/**
 * The arguments in Shannon's `modified_action`, which its gateway reads as a string: JSON if they are an object or a list, and empty, as Go
 * writes an unset field, if nothing was changed.
 */
export function readModifiedAction(written: Json | undefined): Json | undefined {
  if (written === undefined || written === null) return undefined;
  if (typeof written !== "string") return written;
  return written.trim() === "" ? undefined : (parseJson(written) ?? written);
}

/** Edited arguments as its gateway accepts them. It rejects the whole decision if this is anything but a string. */
export function writeModifiedAction(edited: Json | undefined): string | undefined {
  return edited === undefined || typeof edited === "string" ? edited : stringifyExact(edited);
}
