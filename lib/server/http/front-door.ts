import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { DomainError } from "../errors";
import { api } from "../routes/router";
import { services } from "../services";
import { pageHeader, pageOfOurs, wantedCookie } from "../session/wanted-page";
import { isTrusted } from "./address-of";
import type { FullReply, Reply } from "./call";
import { answerHalfClosed, isEventStream } from "./half-closed";
import { unavailable } from "./known-error";
import { callOf, noSniff, sendReply } from "./node-adapter";
import { requestsThat } from "./offered-upgrade";
import { refusal } from "./refuse-unread";
import { errorReply, failureReply, respond } from "./respond";
import { silentPage } from "./silent-page";
import { UnderWay } from "./under-way";
import { answerTo, type Exchange, WebSockets } from "./web-sockets";

type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Takes a development page's handshake; false when nobody is there to take it. */
export type PageUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

export type FrontDoor = {
  readonly server: Server;
  /** Stops accepting connections, tells open streams to reconnect and breaks them, ends long polls, waits for the rest. */
  readonly close: () => Promise<void>;
};

const apiPath = /^\/(?:api|v1|webhooks|events)(?:\/|$)/;
const closeWaitMs = 5_000;

/** The one HTTP server: our routes directly, everything else through Next. */
export function openFrontDoor(next: NextHandler, options: { dev: boolean; upgrade?: PageUpgrade }): FrontDoor {
  const streams = new Set<ServerResponse>();
  const sockets = new WebSockets();
  const busy = new UnderWay<Exchange>();
  const takeAll = (exchange: Exchange) => {
    const leave = busy.enter(exchange);
    exchange.response.on("close", () => {
      leave();
      streams.delete(exchange.response);
    });
    handle(exchange, { next, streams, sockets, dev: options.dev });
  };
  const take = (request: IncomingMessage, response: ServerResponse) => takeAll({ request, response });
  const takes = (request: IncomingMessage) => isHandshake(request) && (options.upgrade !== undefined || answersSocket(request));
  const server = createServer({ IncomingMessage: requestsThat(takes), requireHostHeader: false }, take);
  server.on("upgrade", (request, socket, head) => {
    const isOurs = answersSocket(request);
    sockets.hold(socket, isOurs);
    const response = isOurs ? answerTo(request, socket) : null;
    if (response) takeAll({ request, response, head });
    else if (isOurs || !options.upgrade?.(request, socket, head)) socket.destroy();
  });
  // An `Expect` other than 100-continue may be ignored; Node would answer it with a bare 417.
  server.on("checkExpectation", take);
  // Bodies may be written for as long as a run takes; bodies read whole have their own deadline.
  server.requestTimeout = 0;
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 65_000;
  server.on("clientError", refusal(busy));
  answerHalfClosed(server, streams);
  // Waiting callers get an error; their work goes on, and a later response finds that one was sent.
  const endWatch = services().pulse.onSilent(() => {
    for (const { request, response } of busy) if (!response.headersSent) answerOrCut(request, response);
  });
  const close = () => {
    endWatch();
    const closed = closeDoor({ server, streams, sockets, busy });
    // Long polls get the current state and are not cut off: pollers then ask the next server.
    for (const waiters of [services().decisions, services().controls]) waiters.end();
    return closed;
  };
  return { server, close };
}

/** Paths that are served without the database. */
const withoutDatabase = /^\/(?:api\/(?:health|ready|openapi\.json)$|metrics$|_next\/|favicon|icon)/;

/** A request that cannot be answered must not keep the others from their responses. */
function answerOrCut(request: IncomingMessage, response: ServerResponse): void {
  try {
    answerSilence(request, response);
  } catch {
    response.destroy();
  }
}

function answerSilence(request: IncomingMessage, response: ServerResponse): void {
  const { path, requestId } = callOf(request);
  if (apiPath.test(path)) {
    sendReply(request, response, errorReply(unavailable(), requestId));
    return;
  }
  const headers = { "content-type": "text/html; charset=utf-8", "retry-after": "5", "cache-control": "no-store" };
  sendReply(request, response, { kind: "full", status: 503, headers, body: silentPage });
}

type Way = {
  readonly next: NextHandler;
  readonly streams: Set<ServerResponse>;
  readonly sockets: WebSockets;
  readonly dev: boolean;
};

function isHandshake({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

function answersSocket(request: IncomingMessage): boolean {
  const found = setPath(request) ? api().find("GET", callOf(request).path) : null;
  return found !== null && "route" in found && found.route.webSocket === true;
}

/** The response to OPTIONS. */
function allowed(response: ServerResponse): void {
  response.setHeader(...noSniff);
  response.writeHead(204).end();
}

/** Node.js would refuse it with only a status. */
function namesNoHost({ httpVersion, headers }: IncomingMessage): boolean {
  return httpVersion === "1.1" && headers.host === undefined;
}

function handle(exchange: Exchange, way: Way): void {
  const { request, response } = exchange;
  if (namesNoHost(request)) {
    const hint = "Send `Host: <name>:<port>`, as HTTP/1.1 requires.";
    const error = new DomainError("invalid_request", "This request has no Host header.", { hint });
    sendReply(request, response, errorReply(error, callOf(request).requestId));
    return;
  }
  if (!setPath(request)) {
    if (request.method === "OPTIONS") allowed(response);
    else sendReply(request, response, errorReply(new DomainError("invalid_request", "This address has no path."), randomUUID()));
    return;
  }
  const call = callOf(request);
  const ours = apiPath.test(call.path);
  // Only browsers send Origin, and only browsers read these headers.
  if (ours && request.headers.origin !== undefined) allowOrigins(request, response);
  if (ours && call.method === "OPTIONS") {
    allowed(response);
    return;
  }
  if (services().pulse.isSilent && !withoutDatabase.test(call.path)) {
    answerSilence(request, response);
    return;
  }
  const reply =
    respond(api(), call) ??
    (ours
      ? errorReply(
          new DomainError("not_found", "There is nothing at this address.", { hint: "GET /api/openapi.json lists all addresses." }),
          call.requestId,
        )
      : null);
  if (reply === null) {
    const refusal = way.dev ? null : pageRefusal(call);
    if (refusal) sendReply(request, response, refusal);
    else openPage(request, response, way);
    return;
  }
  const send = (done: Reply) => {
    if (done.kind === "socket") {
      way.sockets.open(exchange, done);
      return;
    }
    if (done.kind === "stream" && isEventStream(done.headers["content-type"])) way.streams.add(response);
    sendReply(request, response, done);
  };
  if (reply instanceof Promise) reply.then(send, (error) => send(failureReply(error, call.requestId)));
  else send(reply);
}

/** Pages are read-only, and Next fails on an address that cannot be decoded. */
function pageRefusal({ method, path, requestId }: { method: string; path: string; requestId: string }): FullReply | null {
  if (method !== "GET" && method !== "HEAD")
    return errorReply(new DomainError("method_not_allowed", `This address does not support ${method}.`), requestId, { allow: "GET, HEAD" });
  try {
    decodeURIComponent(path);
    return null;
  } catch {
    return errorReply(new DomainError("invalid_request", "This address is not percent-encoded UTF-8."), requestId);
  }
}

/** A segment of one or two dots, plain or encoded. */
const dots = /^[^?#]*\/(?:\.|%2e){1,2}(?:[/?#]|$)/i;

/**
 * Proxies may request `http://host/path`; returns false if there is no path (`OPTIONS *`). Dots in a path are resolved as Next resolves
 * them: otherwise it would reach our routes through them, without what this server adds to their responses.
 */
function setPath(request: IncomingMessage): boolean {
  const url = request.url ?? "/";
  const isPath = url.startsWith("/");
  if (isPath && !dots.test(url)) return true;
  const whole = isPath ? `http://watchfloor${url}` : url;
  if (!/^https?:\/\//i.test(whole) || !URL.canParse(whole)) return false;
  const { pathname, search } = new URL(whole);
  request.url = pathname + search;
  return true;
}

/** Keys authenticate their holder from any page; a session's cookie is not sent across sites (SameSite, no credentials). */
function allowOrigins({ method, headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", "*");
  response.setHeader("access-control-expose-headers", "x-request-id, retry-after, idempotent-replay");
  if (method !== "OPTIONS") return;
  // Allow whatever is asked for: a star would exclude Authorization, and clients add headers of their own to those we read.
  const asked = headers["access-control-request-headers"]?.split(",").map((name) => name.trim());
  if (asked) response.setHeader("access-control-allow-headers", asked.join(", "));
  response.setHeader("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
  response.setHeader("access-control-max-age", "600");
}

function openPage(request: IncomingMessage, response: ServerResponse, { next, dev }: Way): void {
  response.setHeader(...noSniff);
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, dev);
  // Next puts the nonce from this request header on its own scripts.
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  request.headers[pageHeader] = pageOfOurs(request.url) ?? "";
  const wanted = request.url?.startsWith("/signed-out?") ? wantedCookie(request.url) : null;
  if (wanted !== null) response.setHeader("set-cookie", wanted);
  response.setHeader("content-security-policy", policy);
  response.setHeader("x-frame-options", "DENY");
  response.setHeader("referrer-policy", "same-origin");
  if (isTrusted({ header: (name) => request.headers[name]?.toString() })) response.setHeader("cross-origin-opener-policy", "same-origin");
  next(request, response).catch(() => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}

function contentSecurityPolicy(nonce: string, dev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${dev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

type Open = {
  readonly server: Server;
  readonly streams: ReadonlySet<ServerResponse>;
  readonly sockets: WebSockets;
  readonly busy: Iterable<Exchange>;
};

async function closeDoor({ server, streams, sockets, busy }: Open): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const response of streams) {
    response.write("retry: 1000\n\n");
    // Half-close without ending the body: a clean end would tell some clients that the run is over.
    response.socket?.end();
  }
  sockets.leave();
  server.closeIdleConnections();
  const deadline = setTimeout(() => {
    server.closeAllConnections();
    sockets.cut();
  }, closeWaitMs);
  for (const { response } of busy) response.shouldKeepAlive = false;
  await closed;
  clearTimeout(deadline);
}
