import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { EventPage } from "@/lib/core/api/event";
import type { Source, SourceStream } from "@/lib/core/api/source";
import type { Dialect } from "@/lib/core/dialect";
import { startTestServer, type TestServer } from "@/test/server";
import { SourceFollower } from "../jobs/source-follower";
import { claimStreams, type HeldStream } from "./claim-streams";
import { follow as followOnce } from "./follow";

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly lastEventId: string | undefined;
  readonly body: string;
  readonly token: string | undefined;
};

/** A system that answers with the bytes that a test gives it. */
class BytesServer {
  readonly asked: Asked[] = [];
  answer: (asked: Asked, response: ServerResponse) => void = (_asked, response) => void response.writeHead(404).end("{}");
  readonly #server = createServer((request, response) => void this.#take(request, response));

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { authorization, "last-event-id": last } = request.headers;
    const asked = { method: request.method ?? "", path: request.url ?? "", lastEventId: last?.toString(), body, token: authorization };
    this.asked.push(asked);
    this.answer(asked, response);
  }
}

const streamed = (response: ServerResponse, text: string, then: "end" | "break" | "stay") => {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  response.write(text, () => then === "break" && response.socket?.end());
  if (then === "end") response.end();
};

let server: TestServer;
let system: BytesServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());
beforeEach(async () => {
  system = await new BytesServer().listen();
});
afterEach(() => system.stop());

async function follow(dialect: Dialect, path: string, more: object = {}): Promise<Source> {
  const name = `pulled ${dialect} ${Math.random().toString(36).slice(2)}`;
  const source = (await (await server.send("/api/sources", { dialect, name, address: system.url, token: "key-1" })).json()) as Source;
  expect((await server.send(`/api/sources/${source.id}/streams`, { url: `${system.url}${path}`, ...more })).status).toBe(201);
  return source;
}

/** Follows until the stream's state holds, then lets go. */
async function until(source: Source, holds: (stream: SourceStream) => boolean): Promise<SourceStream> {
  const follower = new SourceFollower(server.services);
  follower.start();
  try {
    const deadline = Date.now() + 60_000;
    for (;;) {
      const { streams } = (await (await server.fetch(`/api/sources/${source.id}`)).json()) as Source;
      const [stream] = streams;
      if (stream && holds(stream)) return stream;
      if (Date.now() > deadline) throw new Error(`it does not hold: ${JSON.stringify(stream)}`);
    }
  } finally {
    await follower.stop();
  }
}

const typesOf = async (run: string) =>
  ((await (await server.fetch(`/api/runs/${run}/events`)).json()) as EventPage).events.map(({ type }) => type);

describe("a stream whose address names a run that is no text", () => {
  it.each([
    ["shannon", "/api/v1/tasks/%ff/stream"],
    ["crewship", "/v1/runs/%E0%A4%A/events"],
  ] as const)("is refused at %s with where that stands, and followed when the run is named", async (dialect, path) => {
    const name = `odd ${dialect}`;
    const source = (await (await server.send("/api/sources", { dialect, name, address: system.url })).json()) as Source;
    const url = `${system.url}${path}`;
    const refused = await server.send(`/api/sources/${source.id}/streams`, { url });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: "invalid_request", path: "url" } }]);
    expect((await server.send(`/api/sources/${source.id}/streams`, { url, run: "named" })).status).toBe(201);
    expect((await server.fetch(`/api/sources/${source.id}`, { method: "DELETE" })).status).toBe(204);
  });
});

it("a stream of a run whose id no event may name is refused with where that stands", async () => {
  const source = (await (await server.send("/api/sources", { dialect: "crewship", name: "no run", address: system.url })).json()) as Source;
  for (const [path, run, at] of [
    ["/v1/runs/a%0Ab/events", undefined, "url"],
    [`/v1/runs/${"r".repeat(513)}/events`, undefined, "url"],
    ["/v1/runs/a/events", "a\u0000b", "run"],
  ] as const) {
    const refused = await server.send(`/api/sources/${source.id}/streams`, { url: `${system.url}${path}`, run });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: "invalid_request", path: at } }]);
  }
});

describe("a Crewship run that is followed", () => {
  it("is resumed by its last id when the stream breaks, and ends with the run", async () => {
    const frames = [
      'event: run.started\ndata: {"run_id":"run_7","started_at":"2026-03-01T10:00:00Z"}\nid: evt_001\n\n',
      'event: tool.called\ndata: {"tool":"search","input":{"q":"x"}}\nid: evt_002\n\n',
      'event: tool.result\ndata: {"tool":"search","output":"y"}\nid: evt_003\n\n',
      'event: run.completed\ndata: {"run_id":"run_7","duration_ms":900,"result":"done"}\nid: evt_004\n\n',
    ];
    // The resumed stream repeats the frame that it was resumed from.
    system.answer = ({ lastEventId }, response) =>
      lastEventId === undefined
        ? streamed(response, frames.slice(0, 2).join(""), "break")
        : streamed(response, frames.slice(1).join(""), "end");
    const source = await follow("crewship", "/v1/runs/run_7/events");
    expect(await until(source, ({ state }) => state === "ended")).toMatchObject({ run: "run_7", events: 4, duplicates: 1, error: null });
    expect(system.asked.map(({ lastEventId }) => lastEventId)).toEqual([undefined, "evt_002"]);
    expect(system.asked[0]?.token).toBe("Bearer key-1");
    expect(await typesOf("run_7")).toEqual(["run.started", "tool.called", "tool.returned", "run.completed"]);
  });
});

describe("a stream whose ids are not ASCII", () => {
  const frames = ["run.started", "log", "run.completed"].map((type, n) => ({ type, id: `evt_\u0436${n}` }));
  const text = (run: string, from: number, upTo: number) =>
    frames
      .slice(from, upTo)
      .map(({ type, id }) => `event: ${type}\ndata: {"run_id":"${run}","message":"m"}\nid: ${id}\n\n`)
      .join("");

  it("is resumed by its last id, in UTF-8 as a browser would", async () => {
    system.answer = ({ lastEventId }, response) =>
      lastEventId === undefined ? streamed(response, text("run_u", 0, 2), "break") : streamed(response, text("run_u", 2, 3), "end");
    const source = await follow("crewship", "/v1/runs/run_u/events");
    expect(await until(source, ({ state }) => state === "ended")).toMatchObject({ events: 3, duplicates: 0, error: null });
    expect(Buffer.from(system.asked[1]?.lastEventId ?? "", "latin1").toString("utf8")).toBe("evt_\u04361");
  });

  it("is read anew behind an id that no header can hold, and what came twice is dropped", async () => {
    const odd = (whole: string) => whole.replaceAll("evt_\u0436", "evt_\u0001");
    system.answer = (_asked, response) =>
      system.asked.length === 1
        ? streamed(response, odd(text("run_o", 0, 2)), "break")
        : streamed(response, odd(text("run_o", 0, 3)), "end");
    const source = await follow("crewship", "/v1/runs/run_o/events");
    expect(await until(source, ({ state }) => state === "ended")).toMatchObject({ events: 3, duplicates: 2, error: null });
    expect(system.asked[1]?.lastEventId).toBeUndefined();
  });
});

describe("ResonantGenesis's subscription", () => {
  it("begins with what the platform lists, page by page, goes on live, and is not ended by a session's end", async () => {
    const envelope = (n: number, type: string) => ({
      id: `evt_p${n}`,
      type,
      created_at: "2026-03-01T10:00:00Z",
      data: { session_id: "sess_p" },
      metadata: {},
    });
    const listed = [envelope(1, "session.started"), envelope(2, "session.step.completed")];
    system.answer = ({ path }, response) => {
      if (path.startsWith("/api/v1/events/subscribe")) {
        // Known from the list, and one that is new.
        const live = [listed[1], envelope(3, "session.completed")].map(
          (one) => `event: ${one?.type}\ndata: ${JSON.stringify(one)}\nid: ${one?.id}\n\n`,
        );
        return streamed(response, live.join(""), "stay");
      }
      const offset = Number(new URL(path, "http://x").searchParams.get("offset"));
      const page = { data: listed.slice(offset, offset + 1), pagination: { total: 2, limit: 1, offset, has_more: offset === 0 } };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(page));
    };
    const source = await follow("resonant", "/api/v1/events/subscribe?types=session.*");
    expect(await until(source, ({ events }) => events === 3)).toMatchObject({ state: "live", duplicates: 1, run: null });
    expect(await typesOf("sess_p")).toEqual(["run.started", "step.completed", "run.completed"]);
  });
});

describe("a Powabase workflow that is run through us", () => {
  const frame = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
  const blocks = [
    { type: "block_start", block_id: "b1", block_type: "agent" },
    { type: "block_chunk", block_id: "b1", chunk: "Hel" },
    { type: "block_complete", block_id: "b1", data: { text: "Hello" }, duration_ms: 4 },
  ];
  const types = ["step.started", "text.streamed", "step.completed", "run.completed"];

  it("is one run from its first block on, though it tells its execution at its end only", async () => {
    const frames = [...blocks, { type: "done", execution_id: "wf-execution-1" }];
    system.answer = (_asked, response) => streamed(response, frames.map(frame).join(""), "end");
    const source = await follow("powabase", "/api/workflows/w1/execute/stream", { body: { variables: {} } });
    const { run, id, events } = await until(source, ({ state }) => state === "ended");
    expect([run, events]).toEqual([id, 4]);
    expect(await typesOf(id)).toEqual(types);
    expect((await server.fetch("/api/runs/wf-execution-1")).status).toBe(404);
  });

  it("is called as whoever follows it wants", async () => {
    const frames = [...blocks, { type: "done", execution_id: "wf-execution-2" }];
    system.answer = (_asked, response) => streamed(response, frames.map(frame).join(""), "end");
    const source = await follow("powabase", "/api/workflows/w1/execute/stream", { body: { variables: {} }, run: "named" });
    await until(source, ({ state }) => state === "ended");
    expect(await typesOf("named")).toEqual(types);
  });
});

describe("a Powabase agent that is run through us", () => {
  const frame = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
  const start = frame({ event: "start", run_id: "run-pw", session_id: "s1" }) + frame({ event: "content_delta", delta: "Hel" });

  it("is asked once, with its message, and ends with its last frame", async () => {
    const end = frame({ event: "complete", run_id: "run-pw", content: "Hello", status: "completed" });
    system.answer = (_asked, response) => streamed(response, `${start}: keepalive\n\n${end}`, "end");
    const source = await follow("powabase", "/api/agents/a1/run/stream", { body: { message: "Say hello" } });
    expect(await until(source, ({ state }) => state === "ended")).toMatchObject({ posted: true, run: "run-pw", events: 3 });
    expect(system.asked).toMatchObject([{ method: "POST", body: '{"message":"Say hello"}', token: "Bearer key-1" }]);
    expect(await typesOf("run-pw")).toEqual(["run.started", "text.streamed", "run.completed"]);
  });

  it("is never run twice: not when its stream breaks, not by who takes over from a killed process, not by hand", async () => {
    system.answer = (_asked, response) => streamed(response, start, "break");
    const source = await follow("powabase", "/api/agents/a1/run/stream", { body: { message: "Say hello" } });
    const stream = await until(source, ({ state }) => state === "failed");
    expect(stream.error).toContain("would run the agent again");
    await server.services
      .pool`update source_streams set status = 'following', held_by = null, held_until_ms = null, next_try_ms = 0 where id = ${stream.id}`;
    await until(source, ({ state }) => state === "failed");
    const again = await server.fetch(`/api/sources/${source.id}/streams/${stream.id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: '{"state":"following"}',
    });
    expect(again.status).toBe(409);
    expect(system.asked).toHaveLength(1);
  });

  it("is not run again by the next start when the server stopped while it ran", async () => {
    system.answer = (_asked, response) => streamed(response, start.replaceAll("run-pw", "run-deploy"), "stay");
    const source = await follow("powabase", "/api/agents/a1/run/stream", { body: { message: "Take your time" } });
    await until(source, ({ events }) => events === 2);
    expect((await until(source, ({ state }) => state === "failed")).error).toContain("would run the agent again");
    expect(system.asked).toHaveLength(1);
  });

  it("is not run by who had it first when that was held up and another took over", async () => {
    system.answer = (_asked, response) => streamed(response, start.replaceAll("run-pw", "run-late"), "stay");
    const source = await follow("powabase", "/api/agents/a1/run/stream", { body: { message: "Once" } });
    const take = async (nowMs: number) =>
      (await claimStreams(server.services.pool, { nowMs, holdMs: 6_000, limit: 1_000 })).find((one) => one.source.id === source.id);
    const before = (await take(Date.now())) as HeldStream;
    const now = (await take(Date.now() + 6_000)) as HeldStream;
    const stop = new AbortController();
    const running = followOnce(server.services, now, stop.signal);
    await expect.poll(() => system.asked.length).toBe(1);
    expect(await followOnce(server.services, before, new AbortController().signal)).toMatchObject({ status: "failed" });
    stop.abort();
    await running;
    expect(system.asked).toHaveLength(1);
  });

  it("is cancelled by letting go of its stream, and only while that is held", async () => {
    let closed = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    system.answer = (_asked, response) => {
      response.on("close", closed);
      streamed(response, start.replaceAll("run-pw", "run-stop"), "stay");
    };
    const source = await follow("powabase", "/api/agents/a1/run/stream", { body: { message: "Count to a million" } });
    const follower = new SourceFollower(server.services);
    follower.start();
    const path = "/api/runs/run-stop/cancel";
    for (;;) if ((await server.fetch("/api/runs/run-stop/events")).status === 200 && (await typesOf("run-stop")).length === 2) break;
    expect((await server.send(path, { reason: "too far" })).status).toBe(202);
    await gone;
    expect(await typesOf("run-stop")).toEqual(["run.started", "text.streamed", "run.cancelling", "run.cancelled"]);
    expect(await (await server.fetch("/api/runs/run-stop")).json()).toMatchObject({ status: "cancelled" });
    expect(await (await server.fetch("/api/runs/run-stop/control")).json()).toMatchObject({ latest: { outcome: "effective" } });
    await follower.stop();
    expect(((await (await server.fetch(`/api/sources/${source.id}`)).json()) as Source).streams[0]?.state).toBe("ended");
  });
});
