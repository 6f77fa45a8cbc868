import { DomainError } from "../errors";

/** Every way one event of several can be refused. The list is closed, as that of whole requests is. */
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

/** Why one event of several is not taken; `path` points into it. */
export type Rejection = { readonly code: RejectionCode; readonly message: string; readonly path?: string };

/** What was thrown at a line or frame, as the refusal of that event alone. Throws on what is no such refusal. */
export function rejectionOf(thrown: unknown): Rejection {
  if (!(thrown instanceof DomainError) || !isRejectionCode(thrown.code)) throw thrown;
  const { code, message, path } = thrown;
  return path === undefined ? { code, message } : { code, message, path };
}

function isRejectionCode(code: string): code is RejectionCode {
  return Object.hasOwn(rejections, code);
}
