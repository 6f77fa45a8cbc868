import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { stringifyExact } from "@/lib/core/exact-json";

/** One event of a Shannon workflow as its gateway holds it. */
export type ShannonEvent = {
  readonly workflow_id: string;
  readonly type: string;
  readonly seq: number;
  readonly stream_id: string;
  readonly timestamp: string;
  readonly message?: string;
  readonly payload?: object;
};

export type Called = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

const controlNames: Readonly<Record<string, string>> = {
  WORKFLOW_PAUSING: "workflow.pausing",
  WORKFLOW_PAUSED: "workflow.paused",
  WORKFLOW_RESUMED: "workflow.resumed",
  WORKFLOW_CANCELLED: "workflow.cancelled",
};

/** A Shannon gateway on the loopback interface: event stream with resume, history, approvals and control, in its exact bytes. */
export class SourceServer {
  readonly events: ShannonEvent[] = [];
  /** Every request, in order. */
  readonly called: Called[] = [];
  /** `Last-Event-ID` of each opened stream, "" where it had none. */
  readonly opened: string[] = [];
  open = 0;
  mostOpen = 0;
  /** The buffer of the stream: earlier events are in the history alone. */
  streamFrom = 1;
  /** Status and body of what is called next; null = as the gateway answers. */
  answer: { readonly status: number; readonly body: string; readonly type?: string } | null = null;
  /** Cuts the stream's socket behind this many events, once. */
  cutAfter: number | null = null;
  readonly #streams = new Map<ServerResponse, number>();
  readonly #waiting = new Set<() => void>();
  readonly #server = createServer((request, response) => void this.#take(request, response));

  constructor(readonly token = "sk_test") {}

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  streamUrl(workflow: string): string {
    return `${this.url}/api/v1/stream/sse?workflow_id=${workflow}`;
  }

  say(workflow: string, type: string, more: Pick<ShannonEvent, "message" | "payload"> = {}): void {
    const seq = this.events.filter((event) => event.workflow_id === workflow).length + 1;
    const at = Date.now();
    this.events.push({
      workflow_id: workflow,
      type,
      seq,
      stream_id: `${1_700_000_000_000 + seq}-0`,
      timestamp: new Date(at).toISOString(),
      ...more,
    });
    for (const [response, from] of this.#streams) this.#write(response, workflow, from);
    this.#changed();
  }

  /** Resolves when it holds; checked whenever something is called, opened or said. */
  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  cut(): void {
    for (const response of this.#streams.keys()) response.destroy();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #changed(): void {
    for (const check of [...this.#waiting]) check();
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "", "http://localhost");
    this.called.push({
      method: request.method ?? "",
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    this.#answer(request, response, url);
    this.#changed();
  }

  #answer(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const workflow = url.searchParams.get("workflow_id");
    const history = /^\/api\/v1\/tasks\/([^/]+)\/events$/.exec(url.pathname)?.[1];
    const control = /^\/api\/v1\/tasks\/([^/]+)\/(pause|resume|cancel)$/.exec(url.pathname);
    if (this.answer) {
      const { status, body, type = "application/json" } = this.answer;
      response.writeHead(status, { "content-type": type }).end(body);
    } else if (request.headers["x-api-key"] !== this.token) json(response, 401, { error: "Invalid API key" });
    else if (url.pathname === "/api/v1/stream/sse" && workflow) this.#stream(request, response, workflow);
    else if (history) this.#history(response, history, url);
    else if (control) json(response, 202, { success: true, message: "sent", task_id: control[1] });
    else if (url.pathname === "/api/v1/approvals/decision") json(response, 200, { status: "sent", success: true });
    else if (url.pathname === "/api/v1/tasks") json(response, 200, { tasks: [], total_count: 0 });
    else json(response, 404, { error: "not found" });
  }

  #history(response: ServerResponse, workflow: string, url: URL): void {
    const from = Number(url.searchParams.get("offset"));
    const events = this.events.filter((event) => event.workflow_id === workflow && event.type !== "LLM_PARTIAL");
    const page = events.slice(from, from + Number(url.searchParams.get("limit")));
    json(response, 200, { events: page, count: page.length });
  }

  #stream(request: IncomingMessage, response: ServerResponse, workflow: string): void {
    const last = request.headers["last-event-id"]?.toString() ?? "";
    this.opened.push(last);
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    response.on("close", () => {
      this.open -= 1;
      this.#streams.delete(response);
      this.#changed();
    });
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache, no-transform" });
    response.write(`: connected to workflow ${workflow}\n\n`);
    const known = this.events.find((event) => event.workflow_id === workflow && (event.stream_id === last || String(event.seq) === last));
    const from = Math.max(this.streamFrom, (known?.seq ?? 0) + 1);
    this.#streams.set(response, from);
    this.#write(response, workflow, from);
  }

  #write(response: ServerResponse, workflow: string, from: number): void {
    let next = from;
    for (const event of this.events.filter((one) => one.workflow_id === workflow && one.seq >= from)) {
      if (this.cutAfter === 0) {
        this.cutAfter = null;
        this.#streams.delete(response);
        // What was written is sent before the socket breaks.
        response.write("", () => response.destroy());
        break;
      }
      response.write(frameOf(event));
      next = event.seq + 1;
      if (this.cutAfter !== null) this.cutAfter -= 1;
      if (event.type === "STREAM_END") response.end();
    }
    if (this.#streams.has(response)) this.#streams.set(response, next);
  }
}

/** As the gateway maps its events to frames. */
function frameOf(event: ShannonEvent): string {
  const { workflow_id, type, seq, stream_id, message } = event;
  const frame = (name: string, data: object) => `id: ${stream_id}\nevent: ${name}\ndata: ${stringifyExact(data)}\n\n`;
  if (type === "STREAM_END") return `id: ${stream_id}\nevent: done\ndata: [DONE]\n\n`;
  if (type === "LLM_PARTIAL") return frame("thread.message.delta", { delta: message, workflow_id, seq, stream_id });
  const control = controlNames[type];
  return control === undefined ? frame(type, event) : frame(control, { workflow_id, message });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(stringifyExact(body));
}
