import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Exact text of the body. */
  readonly body: string;
  readonly json: { readonly type?: string; readonly event?: string; readonly data: Record<string, unknown> } & Record<string, unknown>;
};

export type Receiver = {
  readonly url: string;
  readonly received: readonly Received[];
  readonly connections: () => number;
  /** Answers 200 to whoever still waits for an answer. */
  readonly answerOpen: () => void;
  /** Resolves with everything received once there are this many, that also fit. */
  readonly until: (count: number, fits?: (one: Received) => boolean) => Promise<Received[]>;
  readonly stop: () => Promise<void>;
};

type Answer = (one: Received, response: ServerResponse) => void;

/** A real HTTP server on the loopback interface that remembers what it is sent; it answers 200 unless told otherwise. */
export async function startReceiver(answer: Answer = (_one, response) => void response.end("ok")): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  const open = new Set<ServerResponse>();
  let connections = 0;
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const one: Received = { path: request.url ?? "", headers: request.headers, body, json: JSON.parse(body) };
      received.push(one);
      open.add(response.on("close", () => open.delete(response)));
      answer(one, response);
      for (const check of waiting) check();
    });
  };
  const server = createServer(listener).on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const until = (count: number, fits: (one: Received) => boolean = () => true) =>
    new Promise<Received[]>((resolve) => {
      const check = () => {
        const found = received.filter(fits);
        if (found.length < count) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    connections: () => connections,
    until,
    answerOpen: () => {
      for (const response of open) if (!response.writableEnded) response.writeHead(200).end();
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
