import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { DomainError, errorStatus } from "../errors";
import { errorBody } from "./respond";

/** Answers what never became a request: it is refused in the same form as any other, and the connection ends. */
export function refuseUnread(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable) return;
  const refusal = refusalOf(error.code);
  const status = errorStatus[refusal.code];
  const requestId = randomUUID();
  const body = JSON.stringify(errorBody(refusal, requestId));
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
      hint: "Send what is long in the body.",
    });
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return new DomainError("timeout", "The headers did not arrive within 15 seconds.");
  return new DomainError("invalid_request", "This is not an HTTP request that can be understood.");
}
