import { clip } from "@/lib/core/run/clip";

/** Whether it helps to ask again: with something else, the same after a while, or not at all. */
type Again = "changed" | "later" | "never";

type Refusal = { readonly status: number; readonly meaning: string; readonly again: Again };

/** Every way a request can be refused. The list is closed: nothing else leaves the server. */
export const refusals = {
  invalid_json: refusal(400, "The body is empty or no JSON.", "changed"),
  invalid_request: refusal(400, "A parameter or a field of the body does not fit; `path` says which.", "changed"),
  invalid_encoding: refusal(400, "The body is not UTF-8, or its compression is broken.", "changed"),
  too_deep: refusal(400, "The JSON is nested too deep.", "changed"),
  too_many_values: refusal(400, "The JSON has too many values, or a body of lines or frames too many events.", "changed"),
  unauthorized: refusal(401, "No key came with the request, or it is unknown or revoked, or the session is over.", "changed"),
  forbidden: refusal(403, "The key or the role lacks what this needs; the message says what.", "changed"),
  own_request: refusal(403, "The key that asked cannot decide about its own request.", "changed"),
  not_found: refusal(404, "There is no such thing in this project, or nothing at this address.", "changed"),
  method_not_allowed: refusal(405, "The address is known, this method is not; `Allow` lists those that are.", "changed"),
  timeout: refusal(408, "The headers or the body did not arrive in time.", "later"),
  conflict: refusal(409, "It does not go with how things stand; the message says what stands in the way.", "changed"),
  already_decided: refusal(409, "The request was decided before; `approval` beside the error tells by whom.", "never"),
  expired: refusal(409, "The deadline of the request passed before the decision.", "never"),
  run_ended: refusal(409, "The run has ended: nobody waits any more.", "never"),
  superseded: refusal(409, "The agent or a person asked for something else meanwhile.", "never"),
  stale: refusal(409, "What is decided is not what was shown: its hash differs.", "changed"),
  other_project: refusal(409, "This browser has gone to another project.", "changed"),
  already_paused: refusal(409, "The run is paused or pausing already.", "never"),
  not_paused: refusal(409, "The run is not paused.", "never"),
  being_cancelled: refusal(409, "The run is being cancelled already.", "never"),
  not_controllable: refusal(409, "Nothing listens: neither the agent nor its source takes control requests.", "later"),
  too_large: refusal(413, "The body, one event of it or what was asked for is too large.", "changed"),
  unsupported_media_type: refusal(415, "The Content-Type or Content-Encoding is not understood.", "changed"),
  invalid_event: refusal(422, "An event is none, or a value cannot be stored.", "changed"),
  invalid_decision: refusal(422, "The decision, or what is asked for, does not hang together; `path` says where.", "changed"),
  schema_mismatch: refusal(422, "The answer does not fit the schema of the request.", "changed"),
  idempotency_mismatch: refusal(422, "The Idempotency-Key was used for another request.", "changed"),
  upgrade_required: refusal(426, "The address answers with a WebSocket and was asked without a handshake.", "changed"),
  header_too_large: refusal(431, "The address and the headers together are too long.", "changed"),
  overloaded: refusal(503, "Too much waits at the moment; `Retry-After` says how long to wait.", "later"),
  unavailable: refusal(503, "The database does not answer; nothing was acknowledged. `Retry-After` says how long to wait.", "later"),
  internal: refusal(500, "A fault of ours; the log has it under the request id.", "later"),
};
export type ErrorCode = keyof typeof refusals;

function refusal(status: number, meaning: string, again: Again): Refusal {
  return { status, meaning, again };
}

/** Names of the sender's own stand in messages and paths, and may be as long as a body. */
const maxMessageChars = 1_000;
const maxPathChars = 200;

/** A refusal that people and programs can act on. `path` points into the request, `hint` says what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly path?: string;
  readonly hint?: string;
  readonly retryAfterSeconds?: number;
  /** What stands beside `error` in the body, such as the decision that was made already. */
  readonly beside?: object;

  constructor(code: ErrorCode, message: string, more: { path?: string; hint?: string; retryAfterSeconds?: number; beside?: object } = {}) {
    super(clip(message, maxMessageChars));
    this.name = "DomainError";
    this.code = code;
    this.path = more.path === undefined ? undefined : clip(more.path, maxPathChars);
    this.hint = more.hint;
    this.retryAfterSeconds = more.retryAfterSeconds;
    this.beside = more.beside;
  }
}
