import type { z } from "zod";
import type { AuditRule } from "../audit/audited";
import type { ErrorCode } from "../errors";
import type { Call, Reply } from "./call";
import type { Scope } from "./principal";

/** Request headers that only some routes read. */
export type RequestHeader = "Idempotency-Key" | "Last-Event-ID";

/** A route's request and response, for the OpenAPI document. */
export type RouteDoc = {
  readonly summary: string;
  readonly headers?: readonly RequestHeader[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Accepted Content-Types; JSON alone by default. */
  readonly bodyTypes?: readonly string[];
  /** Schema of the JSON response. */
  readonly reply?: z.ZodType;
  /** The response's type if it is not JSON, or an alternative to JSON. */
  readonly contentType?: string;
  /** Status on success; 200 by default, 204 if the response has no body. */
  readonly status?: number | readonly number[];
  /** Refusals beyond those implied by its scope, path, headers and body. */
  readonly refusals?: readonly ErrorCode[];
};

export type Route = {
  readonly method: "GET" | "POST" | "DELETE" | "PATCH" | "PUT";
  /** `/api/runs/:run`; a segment that starts with a colon is a parameter. */
  readonly path: string;
  /** Scope that the caller must have; `open` = anybody, even without a key. */
  readonly scope: Scope | "open";
  /**
   * Also accepts its key in `?api_key=` or `?token=`: a stream, because an EventSource cannot send headers, or an ingest endpoint for a
   * system's webhooks, which are configured by address only. In an ingest address, a key that may do more than send is refused.
   */
  readonly keyInQuery?: boolean;
  /**
   * Answers a handshake with a WebSocket. Sessions are not accepted: a browser sends its cookie with the handshake of any page of the same
   * host, whatever its port, and does not check whether that page may read the response.
   */
  readonly webSocket?: boolean;
  /** Its use is recorded in the audit log. Every route that changes something at a person's request has it; a test ensures that. */
  readonly audit?: AuditRule;
  readonly doc: RouteDoc;
  readonly run: (call: Call) => Promise<Reply> | Reply;
};
