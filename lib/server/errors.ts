import { clip } from "@/lib/core/run/clip";

/** Whether a retry helps: with a changed request, the same one later, or never. */
type Again = "changed" | "later" | "never";

type Refusal = { readonly status: number; readonly meaning: string; readonly again: Again };

/** Every way a request can be refused. The list is closed: the server sends no other code. */
export const refusals = {
  invalid_json: refusal(400, "The body is empty or not valid JSON.", "changed"),
  invalid_request: refusal(400, "A parameter or a field of the body is not valid; `path` names it.", "changed"),
  invalid_encoding: refusal(400, "The body is not UTF-8, or its compression is broken.", "changed"),
  too_deep: refusal(400, "The JSON is nested too deeply.", "changed"),
  too_many_values: refusal(400, "The JSON has too many values, or a body of lines or frames has too many events.", "changed"),
  unauthorized: refusal(401, "The request has no key, the key is unknown or revoked, or the session is over.", "changed"),
  forbidden: refusal(403, "The key, the role or the session may not do this; the message says why.", "changed"),
  own_request: refusal(403, "The key that made a request cannot decide it.", "changed"),
  not_found: refusal(404, "It does not exist in this project, or there is nothing at this address.", "changed"),
  method_not_allowed: refusal(405, "The address does not take this method; `Allow` lists those it takes.", "changed"),
  timeout: refusal(408, "The headers or the body did not arrive in time.", "later"),
  conflict: refusal(409, "The current state does not allow it; the message says why.", "changed"),
  already_decided: refusal(409, "The request is already decided; `approval` beside the error says by whom.", "never"),
  expired: refusal(409, "The request's deadline passed before the decision.", "never"),
  run_ended: refusal(409, "The run has ended; nothing is waiting for this.", "never"),
  superseded: refusal(409, "The agent or a person has since asked for something else.", "never"),
  stale: refusal(409, "The request is not the one that was shown: its hash differs.", "changed"),
  other_project: refusal(409, "This browser has switched to another project.", "changed"),
  already_paused: refusal(409, "The run is already paused or pausing.", "never"),
  not_paused: refusal(409, "The run is not paused.", "never"),
  being_cancelled: refusal(409, "The run is already being cancelled.", "never"),
  not_controllable: refusal(409, "Neither the agent nor its source takes control requests.", "later"),
  too_large: refusal(413, "The body, one of its events or the requested result is too large.", "changed"),
  unsupported_media_type: refusal(415, "The Content-Type or Content-Encoding is not supported.", "changed"),
  invalid_event: refusal(422, "An event is not valid, or a value cannot be stored.", "changed"),
  invalid_decision: refusal(422, "The decision or the request is inconsistent; `path` says where.", "changed"),
  schema_mismatch: refusal(422, "The answer does not match the request's schema.", "changed"),
  idempotency_mismatch: refusal(422, "The Idempotency-Key was already used for a different request.", "changed"),
  upgrade_required: refusal(426, "The address serves a WebSocket; the request had no handshake.", "changed"),
  header_too_large: refusal(431, "The address and the headers together are too long.", "changed"),
  overloaded: refusal(503, "The server has too much waiting; `Retry-After` says how long to wait.", "later"),
  unavailable: refusal(503, "The database does not answer, and nothing was acknowledged. `Retry-After` says how long to wait.", "later"),
  internal: refusal(500, "An error in the server; its log has the details under the request id.", "later"),
};
export type ErrorCode = keyof typeof refusals;

function refusal(status: number, meaning: string, again: Again): Refusal {
  return { status, meaning, again };
}

/** Messages and paths contain names chosen by the sender, which may be as long as a body. */
const maxMessageChars = 1_000;
const maxPathChars = 200;

/** A refusal that people and programs can act on. `path` points into the request, `hint` says what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly path?: string;
  readonly hint?: string;
  readonly retryAfterSeconds?: number;
  /** What goes beside `error` in the body, such as the existing decision. */
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
