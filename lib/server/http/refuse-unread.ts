import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { DomainError, refusals } from "../errors";
import { errorBody } from "./respond";
import type { Exchange } from "./web-sockets";

/** Node.js's error for bytes that are not a request, or for a broken connection. */
type Unread = Error & { readonly code?: string };

/**
 * Refuses bytes that never became a request, after the responses under way on their connection: earlier requests were accepted, and their
 * sender learns so. A request answered before its body arrived already has its response.
 */
export function refusal(underWay: Iterable<Exchange>): (error: Unread, socket: Duplex) => void {
  const heard = new WeakSet<Duplex>();
  return (error, socket) => {
    if (heard.has(socket)) return;
    heard.add(socket);
    const refuse = () => {
      const here = [...underWay].filter(({ request }) => request.socket === socket);
      const answering = here.find(({ request }) => request.complete);
      if (answering) answering.response.once("close", refuse);
      else if (here.some(({ response }) => response.headersSent)) socket.end();
      else refuseUnread(error, socket);
    };
    refuse();
  };
}

/** The same format as any other refusal; ends the connection. */
function refuseUnread(error: Unread, socket: Duplex): void {
  if (!socket.writable) return;
  const reason = refusalOf(error.code);
  const status = refusals[reason.code].status;
  const requestId = randomUUID();
  const body = JSON.stringify(errorBody(reason, requestId));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function refusalOf(code: string | undefined): DomainError {
  if (code === "HPE_HEADER_OVERFLOW")
    return new DomainError("header_too_large", "The address and the headers together are longer than 16 KiB.", {
      hint: "Move long values to the body.",
    });
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new DomainError("timeout", "The headers did not arrive within 15 seconds.");
  if (code === "HPE_INVALID_EOF_STATE")
    return new DomainError("invalid_request", "The request was cut off before it was complete.", {
      hint: "In a body of lines or frames, the events that had arrived complete are stored.",
    });
  return new DomainError("invalid_request", "This is not a valid HTTP request.");
}
