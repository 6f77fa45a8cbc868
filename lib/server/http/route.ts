import type { z } from "zod";
import type { AuditRule } from "../audit/audited";
import type { ErrorCode } from "../errors";
import type { Call, Reply } from "./call";
import type { Scope } from "./principal";

/** Request headers that some routes read and others do not. */
export type RequestHeader = "Idempotency-Key" | "Last-Event-ID";

/** What a route's answer and question look like, for the OpenAPI document. */
export type RouteDoc = {
  readonly summary: string;
  readonly headers?: readonly RequestHeader[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** What a body may call itself; JSON alone unless told. */
  readonly bodyTypes?: readonly string[];
  /** Of the answer as JSON. */
  readonly reply?: z.ZodType;
  /** What the answer is when it is no JSON, or can be beside it. */
  readonly contentType?: string;
  /** Of the answer to what was done; 200 unless told, 204 where there is nothing to answer with. */
  readonly status?: number | readonly number[];
  /** How it may refuse beyond what follows from its scope, path, headers and body. */
  readonly refusals?: readonly ErrorCode[];
};

export type Route = {
  readonly method: "GET" | "POST" | "DELETE" | "PATCH" | "PUT";
  /** `/api/runs/:run`; a segment that starts with a colon is a parameter. */
  readonly path: string;
  /** Scope that the caller must have; `open` = anybody, also without a key. */
  readonly scope: Scope | "open";
  /**
   * Takes its key from `?api_key=` or `?token=` too: a stream, because an EventSource cannot send headers, or a door for a system's
   * webhooks, which have an address and nothing else. In a door's address a key that may do more than send is refused.
   */
  readonly keyInQuery?: boolean;
  /**
   * Answers a handshake with a WebSocket. It takes no session: a browser sends its cookie with the handshake of any page of the same
   * host, whatever its port, and asks nobody whether that page may read what comes back.
   */
  readonly webSocket?: boolean;
  /** Who uses it is written down. Every route that changes something on a person's word has it; a test holds that. */
  readonly audit?: AuditRule;
  readonly doc: RouteDoc;
  readonly run: (call: Call) => Promise<Reply> | Reply;
};
