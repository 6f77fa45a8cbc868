import { DomainError } from "../errors";

/** Every way one event of several can be refused. The list is closed, as that of whole requests is. */
export const rejections = {
  invalid_event: "It is no JSON object, or not one of this system",
  missing_type: "Nothing in it says what kind of event it is",
  missing_run:
    "Neither the event nor the address (`?run=`) names its run. Only in a stream, and in Powabase's and Crewship's lists, does the run of the event before it count",
  invalid_run_id: "The id of its run is empty, too long or no text",
  id_conflict: "An event of its run has its id and other content; that one stands",
  invalid_json: "The line or frame is no JSON",
  too_deep: "The line or frame is nested too deep",
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
