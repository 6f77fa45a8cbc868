import type { EventError } from "../../core/events/canonical";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { defined } from "./defined";
import { firstRead } from "./first-read";
import { preview } from "./preview";
import { readBoolean } from "./read-boolean";
import { readId } from "./read-id";
import { readString } from "./read-string";

const codeKeys = ["error_code", "code", "error_type"];
const stackKeys = ["stack_trace", "traceback", "stack"];
/** What `readError` takes from beside the message, so that a caller can keep these keys out of `extra`. */
export const errorKeys: readonly string[] = [...codeKeys, ...stackKeys, "recoverable"];

type Told = { readonly message: string; readonly code?: string; readonly stack?: string };

function told(value: Json): Told | undefined {
  if (typeof value === "string") return value === "" ? undefined : { message: value };
  if (!isJsonObject(value)) return undefined;
  const message = readString(value, "message", "error", "detail", "error_message") ?? preview(value);
  if (message === undefined) return undefined;
  return { message, code: readId(value, "code", "type", ...codeKeys), stack: readString(value, ...stackKeys) };
}

/** The error that `fields` tell under the first of `keys` (words, or an object with a message), with the code and stack that stand in it or beside it. */
export function readError(fields: JsonObject, ...keys: readonly string[]): EventError | undefined {
  const error = firstRead(fields, keys, told);
  if (error === undefined) return undefined;
  return defined({
    message: error.message,
    code: error.code ?? readId(fields, ...codeKeys),
    stack: error.stack ?? readString(fields, ...stackKeys),
    recoverable: readBoolean(fields, "recoverable"),
  });
}
