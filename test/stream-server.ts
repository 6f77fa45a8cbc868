import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Arrivals } from "@/lib/client/stream/testing/arrivals";
import { eventOf } from "@/lib/client/stream/testing/event-of";

/** One open `GET /api/stream` as the server sees it. */
export class OpenStream {
  readonly closed: Promise<void>;
  isClosed = false;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
  ) {
    this.closed = new Promise((resolve) => {
      response.on("close", () => {
        this.isClosed = true;
        resolve();
      });
    });
  }

  get runs(): string | null {
    return new URL(this.request.url ?? "", "http://localhost").searchParams.get("runs");
  }

  get alerts(): string | null {
    return new URL(this.request.url ?? "", "http://localhost").searchParams.get("alerts");
  }

  get lastEventId(): string | undefined {
    return this.request.headers["last-event-id"]?.toString();
  }

  open(): void {
    this.response.writeHead(200, { "content-type": "text/event-stream" });
    this.response.write(": watchfloor\n\n");
  }

  hello(feedSeq: number, now: number): void {
    this.open();
    this.send("hello", { feedSeq, now: new Date(now).toISOString() });
  }

  send(event: string, payload: unknown, id?: number): void {
    this.response.write(`event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(payload)}\n\n`);
  }

  events(runId: string, ...seqs: readonly number[]): void {
    this.send("run.events", { runId, events: seqs.map(eventOf) });
  }

  refuse(status: number): void {
    this.response.writeHead(status).end("{}");
  }

  cut(): void {
    this.response.destroy();
  }
}

/** A server over a log that tests write: `/api/stream` is played by the test, event pages are answered from `log`. */
export class StreamServer {
  readonly streams = new Arrivals<OpenStream>();
  /** Paths of the event pages that were asked for. */
  readonly pagesRead: string[] = [];
  /** Seqs that each run's log holds. */
  readonly log = new Map<string, readonly number[]>();
  readonly #server = createServer((request, response) => this.#answer(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "http://localhost");
    const runId = /^\/api\/runs\/([^/]+)\/events$/.exec(url.pathname)?.[1];
    if (runId === undefined) {
      this.streams.push(new OpenStream(request, response));
      return;
    }
    this.pagesRead.push(`${runId} from ${url.searchParams.get("from")}`);
    const seqs = this.log.get(runId) ?? [];
    const from = Number(url.searchParams.get("from"));
    const page = seqs.filter((seq) => seq >= from).slice(0, Number(url.searchParams.get("limit")));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ events: page.map(eventOf), lastSeq: seqs.at(-1) ?? 0 }));
  }
}
