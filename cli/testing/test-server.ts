import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { stringifyExact } from "@/lib/core/exact-json";
import type { RunStatus } from "@/lib/core/run/status";

export type TestEvent = { readonly seq: number; readonly type: string; readonly [field: string]: unknown };
export type TestRun = {
  id: string;
  externalId: string;
  status: RunStatus;
  durationMs: number | null;
  events: TestEvent[];
  error?: { message: string };
};
export type Taken = { readonly path: string; readonly headers: IncomingMessage["headers"]; readonly body: string; readonly bytes: Buffer };
export type Reply = { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string>; readonly cut?: boolean };

export const testKey = "wf_test_key";

/** A server that speaks the product's HTTP interface over a log in memory, and can be told to break. */
export type TestServer = {
  readonly url: string;
  readonly runs: TestRun[];
  /** Appends to a run and wakes its open streams. */
  readonly append: (run: TestRun, ...events: TestEvent[]) => void;
  /** Resolves when the next run stream has been opened. */
  readonly streamOpened: () => Promise<void>;
  /** Announces a run on the project's feed. */
  readonly announce: (run: TestRun) => void;
  /** For each stream connection in turn: how many events it carries before its socket is destroyed. */
  readonly cuts: number[];
  /** For each stream connection in turn: numbers that this connection skips, as a lossy proxy would. */
  readonly drops: ReadonlySet<number>[];
  /** Answers given before anything else, in order. */
  readonly refusals: Reply[];
  readonly taken: Taken[];
  /** Every request's method and path, in order. */
  readonly requests: string[];
  /** How a door answers a body. */
  door: (taken: Taken) => Reply;
  readonly listen: (port: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** What is open now: run streams to wake, feeds to write to, tests that wait for a stream. */
type Open = { readonly streams: Set<() => void>; readonly feeds: Set<ServerResponse>; readonly watchers: (() => void)[] };

export async function startTestServer(): Promise<TestServer> {
  const open: Open = { streams: new Set(), feeds: new Set(), watchers: [] };
  let url = "";
  const http: Server = createServer((request, response) => {
    void answer(server, open, { request, response });
  });
  const server: TestServer = {
    get url() {
      return url;
    },
    runs: [],
    append: (run, ...events) => {
      run.events.push(...events);
      for (const wake of open.streams) wake();
    },
    streamOpened: () => new Promise((resolve) => open.watchers.push(resolve)),
    announce: (run) => {
      if (!server.runs.includes(run)) server.runs.unshift(run);
      for (const feed of open.feeds) feed.write(`event: run\nid: 1\ndata: ${JSON.stringify({ feedSeq: 1, run: summary(run) })}\n\n`);
    },
    cuts: [],
    drops: [],
    refusals: [],
    taken: [],
    requests: [],
    door: () => ({ status: 200, body: { accepted: 1, duplicates: 0, rejected: [], runs: [] } }),
    listen: async (port) => {
      url = await listen(http, port);
    },
    close: () => close(http),
  };
  await server.listen(0);
  return server;
}

type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

async function answer(server: TestServer, open: Open, { request, response }: Exchange): Promise<void> {
  const target = new URL(request.url ?? "/", "http://test");
  server.requests.push(`${request.method} ${target.pathname}${target.search}`);
  // A client may go away in the middle of its body.
  const sent = request.method === "POST" ? await buffer(request).catch(() => null) : Buffer.alloc(0);
  if (sent === null) return;
  if (request.headers.authorization !== `Bearer ${testKey}`) return send(response, failure(401, "unauthorized", "the key is unknown"));
  const refusal = server.refusals.shift();
  if (refusal !== undefined) return send(response, refusal);
  if (/^(\/api\/ingest(\/[a-z-]+)?|\/events)$/.test(target.pathname)) {
    const taken = { path: target.pathname + target.search, headers: request.headers, body: sent.toString("utf8"), bytes: sent };
    const reply = server.door(taken);
    server.taken.push(taken);
    return send(response, reply);
  }
  if (target.pathname === "/api/sign-in-links") return send(response, { status: 201, body: { url: `${server.url}/sign-in?token=once` } });
  if (target.pathname === "/api/stream") return openFeed(open, response);
  if (target.pathname === "/api/runs")
    return send(response, { status: 200, body: { runs: server.runs.map(summary).slice(0, 1), nextCursor: null } });
  const [, id, view] = /^\/api\/runs\/([^/]+)(?:\/(\w+))?$/.exec(target.pathname) ?? [];
  const run = server.runs.find((candidate) => candidate.id === id || candidate.externalId === decodeURIComponent(id ?? ""));
  if (run === undefined) return send(response, failure(404, "not_found", "there is no such run"));
  if (view === undefined) return send(response, { status: 200, body: summary(run) });
  if (view === "events") return send(response, { status: 200, body: page(run, target.searchParams) });
  return openStream(server, open, { run, response, from: firstSeq(request, target.searchParams) });
}

function openFeed(open: Open, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.write(`: connected\n\nevent: hello\ndata: ${JSON.stringify({ feedSeq: 0, now: new Date(0).toISOString() })}\n\n`);
  open.feeds.add(response);
  response.on("close", () => open.feeds.delete(response));
}

type Reader = { readonly run: TestRun; readonly response: ServerResponse; readonly from: number };

function openStream(server: TestServer, open: Open, { run, response, from }: Reader): void {
  const cutAfter = server.cuts.shift() ?? Number.POSITIVE_INFINITY;
  const dropped = server.drops.shift() ?? new Set<number>();
  let next = from;
  let carried = 0;
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.write(": connected\n\n");
  const wake = () => {
    for (const event of run.events.filter((candidate) => candidate.seq >= next)) {
      if (carried >= cutAfter) return void response.socket?.destroy();
      next = event.seq + 1;
      if (dropped.has(event.seq)) continue;
      response.write(`id: ${event.seq}\nevent: ${event.type}\ndata: ${stringifyExact(event)}\n\n`);
      carried += 1;
    }
    if (carried >= cutAfter) response.socket?.destroySoon();
  };
  open.streams.add(wake);
  for (const opened of open.watchers.splice(0)) opened();
  response.on("close", () => open.streams.delete(wake));
  wake();
}

function listen(http: Server, port: number): Promise<string> {
  return new Promise((resolve) => {
    http.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${(http.address() as AddressInfo).port}`));
  });
}

function close(http: Server): Promise<void> {
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeAllConnections();
  });
}

function firstSeq(request: IncomingMessage, query: URLSearchParams): number {
  const last = request.headers["last-event-id"];
  return typeof last === "string" ? Number(last) + 1 : Number(query.get("from") ?? "1");
}

function page(run: TestRun, query: URLSearchParams) {
  const from = Number(query.get("from") ?? "1");
  const events = run.events.filter((event) => event.seq >= from).slice(0, Number(query.get("limit") ?? "200"));
  return { events, lastSeq: run.events.at(-1)?.seq ?? 0 };
}

function failure(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message, requestId: "req_1" } } };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply.cut) return void response.socket?.destroy();
  response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
  response.end(reply.body === undefined ? "" : stringifyExact(reply.body));
}

const nothing = { input: 0, output: 0, cachedRead: 0, cachedWrite: 0, reasoning: 0, total: 0 };
const noCost = {
  reportedNanos: 0,
  estimatedNanos: 0,
  unpricedCalls: 0,
  runReportedNanos: null,
  callsReportedNanos: 0,
  agentsReportedNanos: 0,
};
const complete = { sourceFirstSeq: null, sourceLastSeq: null, sourceSeen: 0, sourceMissing: null, late: 0 };
const counts = { agents: 0, steps: 0, toolCalls: 0, modelCalls: 0, errors: 0, unknownEvents: 0, pendingApprovals: 0 };
const untold = { agent: null, startedAt: null, endedAt: null, lastEventAt: null, activity: null, sessionId: null, progressPercent: null };

function summary(run: TestRun) {
  const { id, externalId, status, durationMs, error } = run;
  const named = { dialect: "crewship", source: "default", name: externalId, createdAt: new Date(0).toISOString(), models: [] };
  const told = { id, externalId, status, durationMs, lastSeq: run.events.at(-1)?.seq ?? 0, ...(error !== undefined && { error }) };
  return { ...untold, ...counts, ...named, ...told, tokens: nothing, cost: noCost, completeness: complete };
}
