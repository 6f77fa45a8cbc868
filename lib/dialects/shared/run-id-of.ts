import type { Json } from "../../core/json";
import type { Refusal } from "../contract";
import { own } from "./own";

export const maxRunIdChars = 512;
/** Control characters, and halves of surrogate pairs, which UTF-8 cannot store. */
const forbidden = /[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u;

function refusal(message: string, path: string | undefined): Refusal {
  return path === undefined ? { code: "invalid_run_id", message } : { code: "invalid_run_id", message, path };
}

/** A run id as text: a string or an exact integer, not blank, at most 512 characters, no control characters. Everything else is refused. */
export function runIdOf(value: Json | undefined, path?: string): string | Refusal {
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== "string") return refusal("The run id must be a string or an integer.", path);
  if (text.trim() === "") return refusal("The run id is empty.", path);
  if (text.length > maxRunIdChars) return refusal(`The run id is longer than ${maxRunIdChars} characters.`, path);
  if (forbidden.test(text)) return refusal("The run id contains a control character.", path);
  return text;
}

/** The run id under the first of `keys` that the body fills; undefined when it fills none. */
export function readRunId(holder: Json | undefined, ...keys: readonly string[]): string | undefined | Refusal {
  for (const key of keys) {
    const value = own(holder, key);
    if (value !== undefined) return runIdOf(value, key);
  }
  return undefined;
}
