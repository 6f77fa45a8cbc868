import { DomainError } from "../errors";

/** Every way a single event can be rejected. The list is closed, like that of whole requests. */
export const rejections = {
  invalid_event: "The event is not a JSON object, or not an event of this system",
  missing_type: "The event has no type",
  missing_run:
    "Neither the event nor the address (`?run=`) names a run. A stream, and a list of Powabase or Crewship events, only has to name it once",
  invalid_run_id: "The run id is empty, too long or not text",
  id_conflict: "The run has an event with this id but other content; the stored one is kept",
  invalid_json: "The line or frame is not valid JSON",
  too_deep: "The line or frame is nested too deeply",
  too_many_values: "The line or frame has too many values",
};
export type RejectionCode = keyof typeof rejections;

export const rejectionCodes = Object.keys(rejections) as RejectionCode[];

/** Why an event is rejected; `path` points into it. */
export type Rejection = { readonly code: RejectionCode; readonly message: string; readonly path?: string };

/** Converts an error thrown for a line or frame into a rejection of that event alone. Rethrows anything else. */
export function rejectionOf(thrown: unknown): Rejection {
  if (!(thrown instanceof DomainError) || !isRejectionCode(thrown.code)) throw thrown;
  const { code, message, path } = thrown;
  return path === undefined ? { code, message } : { code, message, path };
}

function isRejectionCode(code: string): code is RejectionCode {
  return Object.hasOwn(rejections, code);
}
