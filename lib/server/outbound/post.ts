import { type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import { chunksOf } from "./chunks-of";
import { guardedLookup } from "./guarded-lookup";
import { hostOf, parseTarget, TargetRefused } from "./target";

export type OutboundRequest = {
  readonly url: string;
  readonly method?: "POST" | "PUT" | "GET" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number;
  /** Longer replies are cut; the default is 64 KB. */
  readonly maxReplyBytes?: number;
};

/** The outcome of a request. `cut` means that the reply exceeded the limit or did not end in time. */
export type OutboundOutcome =
  | { readonly kind: "answered"; readonly status: number; readonly body: string; readonly cut: boolean; readonly durationMs: number }
  | {
      readonly kind: "failed";
      readonly reason: "refused" | "timeout" | "unreachable";
      readonly message: string;
      readonly durationMs: number;
    };

/** The label shown before a failure's message. */
export const failureWords = { refused: "Refused", timeout: "Timeout", unreachable: "Not reachable" } as const;

/** An open stream, or why there is none. Any status other than 200 is `answered`. */
export type OutboundStream =
  | { readonly kind: "open"; readonly contentType: string; readonly body: AsyncIterable<Uint8Array> }
  | (Extract<OutboundOutcome, { kind: "answered" }> & { readonly retryAfter: string | null })
  | Extract<OutboundOutcome, { kind: "failed" }>;

export type StreamRequest = Omit<OutboundRequest, "timeoutMs" | "maxReplyBytes"> & {
  /** Closes the connection. */
  readonly signal: AbortSignal;
  /** The connection is closed after this long without a byte. */
  readonly idleMs: number;
};

const timeoutMs = 10_000;
const maxReplyBytes = 64 * 1024;

type Options = {
  readonly allowPrivate: boolean;
  /** Set only by tests. */
  readonly lookup?: LookupFunction;
};

/**
 * The only way out to an address that a user typed. Every connection is checked against the address it connects to, redirects are
 * not followed, and nothing is logged here.
 */
export class Outbound {
  readonly #allowPrivate: boolean;
  readonly #lookup: LookupFunction;
  readonly #agents: { readonly "http:": RequestFilteringHttpAgent; readonly "https:": RequestFilteringHttpsAgent };

  constructor(options: Options) {
    this.#allowPrivate = options.allowPrivate;
    this.#lookup = guardedLookup(options.allowPrivate, options.lookup);
    const settings = { keepAlive: true, maxFreeSockets: 64, allowPrivateIPAddress: options.allowPrivate };
    this.#agents = { "http:": new RequestFilteringHttpAgent(settings), "https:": new RequestFilteringHttpsAgent(settings) };
  }

  /** The address in the form we store. Looks the name up once to report a bad address at once. Throws TargetRefused. */
  async check(text: string): Promise<URL> {
    const url = parseTarget(text, this.#allowPrivate);
    const refusal = await new Promise<unknown>((resolve) => this.#lookup(hostOf(url), { all: true }, (error) => resolve(error)));
    // A name that does not resolve now may resolve later; the check that counts is made at each connection.
    if (refusal instanceof TargetRefused) throw refusal;
    return url;
  }

  /** Sends a request and reads a bounded part of the reply. Never rejects. */
  async post(request: OutboundRequest): Promise<OutboundOutcome> {
    const startedAt = performance.now();
    const sinceStart = () => Math.round(performance.now() - startedAt);
    try {
      const url = parseTarget(request.url, this.#allowPrivate);
      const deadline = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
      const reply = await this.#send(url, request, deadline);
      return { kind: "answered", ...reply, durationMs: sinceStart() };
    } catch (error) {
      return { kind: "failed", ...failureOf(error), durationMs: sinceStart() };
    }
  }

  /** Opens a stream. Never rejects, but its body does if the connection breaks or goes silent. */
  async stream(request: StreamRequest): Promise<OutboundStream> {
    const startedAt = performance.now();
    const sinceStart = () => Math.round(performance.now() - startedAt);
    try {
      const sent = this.#open(parseTarget(request.url, this.#allowPrivate), request, request.signal);
      sent.setTimeout(request.idleMs, () => sent.destroy(new DOMException("No data arrived for too long.", "TimeoutError")));
      const reply = await replyTo(sent);
      if (reply.statusCode === 200) return { kind: "open", contentType: reply.headers["content-type"] ?? "", body: chunksOf(reply) };
      const answer = await new Promise<Answer>((resolve) => collect(reply, maxReplyBytes, resolve));
      return { kind: "answered", ...answer, durationMs: sinceStart(), retryAfter: reply.headers["retry-after"] ?? null };
    } catch (error) {
      return { kind: "failed", ...failureOf(error), durationMs: sinceStart() };
    }
  }

  async #send(url: URL, request: OutboundRequest, deadline: AbortSignal, again = false): Promise<Answer> {
    const sent = this.#open(url, request, deadline);
    try {
      return await answerTo(sent, deadline, request.maxReplyBytes ?? maxReplyBytes);
    } catch (error) {
      // The receiver closed an idle connection just as it was reused: it read nothing from the connection.
      if (!again && sent.reusedSocket && codeOf(error) === "ECONNRESET") return this.#send(url, request, deadline, true);
      throw error;
    }
  }

  #open(url: URL, request: OutboundRequest, signal: AbortSignal): ClientRequest {
    const body = request.body === undefined ? undefined : Buffer.from(request.body);
    const open = url.protocol === "https:" ? requestHttps : requestHttp;
    const sent = open(url, {
      method: request.method ?? "POST",
      agent: this.#agents[url.protocol as "http:" | "https:"],
      lookup: this.#lookup,
      signal,
      headers: { ...request.headers, ...(body === undefined ? {} : { "content-length": String(body.length) }) },
    });
    sent.end(body);
    return sent;
  }

  /** Closes idle connections. */
  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }
}

function replyTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    // Once the reply has started, its reader handles any later error.
    sent.on("error", reject);
    onReply(sent, resolve);
  });
}

function onReply(sent: ClientRequest, heard: (reply: IncomingMessage) => void): void {
  sent.on("response", heard);
  // 101: without this listener Node closes the connection and emits neither a response nor an error.
  sent.on("upgrade", (reply, socket) => {
    socket.destroy();
    reply.push(null);
    heard(reply);
  });
}

type Answer = { readonly status: number; readonly body: string; readonly cut: boolean };

function answerTo(sent: ClientRequest, deadline: AbortSignal, maxBytes: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answering = false;
    sent.on("error", (error) => {
      if (!answering) reject(deadline.aborted ? deadline.reason : error);
    });
    onReply(sent, (reply) => {
      answering = true;
      collect(reply, maxBytes, resolve);
    });
  });
}

// Once a status has arrived it is the answer, whatever happens to the rest.
function collect(reply: IncomingMessage, maxBytes: number, resolve: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const done = (cut: boolean) =>
    resolve({ status: reply.statusCode ?? 0, body: Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8"), cut });
  reply.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= maxBytes) return;
    done(true);
    reply.destroy();
  });
  reply.on("end", () => done(false));
  reply.on("error", () => done(true));
  reply.on("close", () => done(true));
}

function failureOf(error: unknown): { reason: "refused" | "timeout" | "unreachable"; message: string } {
  if (error instanceof TargetRefused) return { reason: "refused", message: error.message };
  if (error instanceof Error && error.name === "TimeoutError") return { reason: "timeout", message: "No reply in time." };
  const code = codeOf(error);
  // The agent's own refusal has no code, and its message would repeat the address.
  if (code === "") return { reason: "refused", message: "This address is not allowed." };
  return { reason: "unreachable", message: code };
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
