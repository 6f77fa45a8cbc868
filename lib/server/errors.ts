import { clip } from "@/lib/core/run/clip";

/** Every way a request can be refused, with its HTTP status. The list is closed: nothing else leaves the server. */
export const errorStatus = {
  invalid_json: 400,
  invalid_request: 400,
  invalid_encoding: 400,
  too_deep: 400,
  too_many_values: 400,
  missing_run: 400,
  unauthorized: 401,
  forbidden: 403,
  own_request: 403,
  not_found: 404,
  method_not_allowed: 405,
  timeout: 408,
  conflict: 409,
  already_decided: 409,
  expired: 409,
  run_ended: 409,
  superseded: 409,
  stale: 409,
  other_project: 409,
  already_paused: 409,
  not_paused: 409,
  being_cancelled: 409,
  not_controllable: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid_event: 422,
  invalid_decision: 422,
  schema_mismatch: 422,
  idempotency_mismatch: 422,
  upgrade_required: 426,
  header_too_large: 431,
  overloaded: 503,
  unavailable: 503,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof errorStatus;

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
