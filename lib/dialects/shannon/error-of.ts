import type { EventError } from "../../core/events/canonical";
import { defined, readId, readString } from "../shared";
import { readError, errorKeys as sharedErrorKeys } from "../shared/read-error";
import type { ShannonEvent } from "./shannon-event";

/** `error` holds a code (`RATE_LIMIT`) in the documentation and a sentence in the running system. */
const code = /^[A-Z][A-Z0-9_]{1,63}$/;

export const errorKeys: readonly string[] = ["error", "error_message", ...sharedErrorKeys];

/** The error that an event reports. An error event without a message still gets a sentence, because people must see one. */
export function errorOf({ fields, message }: ShannonEvent): EventError {
  const word = readString(fields, "error");
  const wordIsCode = word !== undefined && code.test(word);
  const told = readError(fields, "error_message", ...(wordIsCode ? [] : ["error"]));
  const readCode = told?.code ?? readId(fields, "error_code", "error_type") ?? (wordIsCode ? word : undefined);
  const bare = readError({ ...fields, message: message ?? readCode ?? "The error came without a message." }, "message");
  return defined<EventError>({ message: "", ...bare, ...told, code: readCode });
}
