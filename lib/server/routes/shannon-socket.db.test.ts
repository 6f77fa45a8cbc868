import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ClientOptions, WebSocket } from "ws";
import { signIn } from "@/test/browser";
import { otherProjectKey } from "@/test/other-project";
import { readSocket, refusedSocket, type SocketReader } from "@/test/read-socket";
import { startTestServer, type TestServer } from "@/test/server";
import { newSignInLink } from "../session/sign-in";

let server: TestServer;
let key: string;
const opened: WebSocket[] = [];
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
  key = await server.key("read");
});
afterEach(() => {
  vi.useRealTimers();
  for (const peer of opened.splice(0)) peer.terminate();
});
afterAll(() => server.stop());

const path = "/api/v1/stream/ws";
const address = (query: string) => `${server.url}${path}?${query}`;

async function follow(query: string, options?: ClientOptions): Promise<SocketReader> {
  const reader = await readSocket(address(query), options ?? { headers: { "x-api-key": key } });
  opened.push(reader.peer);
  return reader;
}

const event = (run: string, seq: number, type: string, more: object = {}) => ({
  ...{ workflow_id: run, type, seq, timestamp: "2026-01-01T00:00:00Z" },
  ...more,
});
const seqs = (messages: readonly Record<string, unknown>[]) => messages.map(({ seq }) => seq);
const liveReaders = async () => /^watchfloor_live_readers (\d+)$/m.exec(await (await server.fetch("/metrics")).text())?.[1];

/** The first line of what the server answers to these bytes, and all of it. */
async function answerTo(lines: readonly string[], body = ""): Promise<{ first: string | undefined; all: string }> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\nHost: watchfloor.example\r\n\r\n${body}`);
  const all = await text(socket);
  return { first: all.split("\r\n")[0], all };
}
const offer = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];

/** A client that takes the handshake's answer and nothing more. */
async function deafReader(query: string): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.write(`GET ${path}?${query} HTTP/1.1\r\nHost: watchfloor.example\r\nX-API-Key: ${key}\r\n${offer.join("\r\n")}\r\n\r\n`);
  await new Promise<void>((resolve) => socket.once("readable", resolve));
  expect(String(socket.read(15))).toContain("HTTP/1.1 101");
  return socket;
}

describe("Shannon's WebSocket", () => {
  const events = [
    event("wf-w", 1, "WORKFLOW_STARTED", { agent_id: "orchestrator", message: "Starting up", payload: { query: "q" } }),
    event("wf-w", 2, "LLM_PARTIAL", { agent_id: "writer", message: "Hel\u2028lo", payload: { chunk_index: 0 } }),
    event("wf-w", 3, "WORKFLOW_PAUSED", { message: "Paused" }),
    event("wf-w", 4, "LLM_OUTPUT", { message: "x".repeat(70_000), payload: { tokens_used: 12 } }),
    event("wf-w", 5, "STREAM_END"),
  ];
  beforeAll(async () => void (await server.send("/events", events)));

  it("is every event as its history lists it, one a message, and goes on behind STREAM_END", async () => {
    const reader = await follow("workflow_id=wf-w");
    const messages = await reader.messages(5);
    const { events: listed } = (await (await server.fetch("/api/v1/tasks/wf-w/events")).json()) as { events: object[] };
    expect(messages).toEqual(listed);
    expect(messages[1]).toMatchObject({ type: "LLM_PARTIAL", message: "Hel\u2028lo", seq: 2, payload: { chunk_index: 0 } });
    expect(messages[4]).toMatchObject({ type: "STREAM_END", workflow_id: "wf-w" });
    await server.send("/events", event("wf-w", 6, "AGENT_STARTED", { agent_id: "late" }));
    expect((await reader.messages(6))[5]).toMatchObject({ type: "AGENT_STARTED", agent_id: "late", seq: 6 });
  });

  it("may be opened before the first event of its workflow, as the stream may", async () => {
    const reader = await follow("workflow_id=wf-soon&types=AGENT_STARTED");
    await server.send("/events", [event("wf-soon", 1, "WORKFLOW_STARTED"), event("wf-soon", 2, "AGENT_STARTED")]);
    expect(seqs(await reader.messages(1))).toEqual([2]);
    await server.send("/events", event("wf-soon", 3, "AGENT_STARTED"));
    expect(seqs(await reader.messages(2))).toEqual([2, 3]);
  });

  it("resumes behind a number, a stream_id and the header, and from_seq includes its number", async () => {
    const streamId = (await (await follow("workflow_id=wf-w")).messages(3))[2]?.stream_id;
    for (const query of ["last_event_id=3", `last_event_id=${streamId}`, "from_seq=4"])
      expect(seqs(await (await follow(`workflow_id=wf-w&${query}`)).messages(2))).toEqual([4, 5]);
    const resumed = await follow("workflow_id=wf-w", { headers: { "x-api-key": key, "last-event-id": "3" } });
    expect(seqs(await resumed.messages(2))).toEqual([4, 5]);
  });

  it("gives every event once, in order, to a reader that is cut at any place and comes back while more are written", async () => {
    await server.send("/events", event("wf-cut", 1, "AGENT_THINKING"));
    const writing = (async () => {
      for (let n = 2; n <= 200; n += 3)
        await server.send(
          "/events",
          Array.from({ length: 3 }, (_, k) => event("wf-cut", n + k, "AGENT_THINKING")),
        );
    })();
    const seen: unknown[] = [];
    while (seen.length < 200) {
      const reader = await follow(`workflow_id=wf-cut&last_event_id=${seen.at(-1) ?? 0}`);
      seen.push(...seqs(await reader.messages(Math.min(17, 200 - seen.length))));
      reader.peer.terminate();
    }
    await writing;
    expect(seen).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
  });

  it("filters by stored name and SSE name alike, what was and what comes", async () => {
    await server.send("/events", [event("wf-types", 1, "WORKFLOW_STARTED"), event("wf-types", 2, "WORKFLOW_PAUSED")]);
    const readers = [
      await follow("workflow_id=wf-types&types=workflow.paused,done"),
      await follow("workflow_id=wf-types&types=Workflow_Paused,STREAM_END"),
    ];
    for (const reader of readers) await reader.messages(1);
    await server.send("/events", [event("wf-types", 3, "AGENT_THINKING"), event("wf-types", 4, "STREAM_END")]);
    for (const reader of readers) expect(seqs(await reader.messages(2))).toEqual([2, 4]);
  });

  it("says so and starts over when it is asked to resume at a place that the run never reached", async () => {
    const [first, second] = await (await follow("workflow_id=wf-w&last_event_id=999")).messages(2);
    expect(first).toMatchObject({ type: "reset", reason: "unknown cursor" });
    expect(second).toMatchObject({ type: "WORKFLOW_STARTED", seq: 1 });
  });

  it("ignores what a reader says, and closes with 1009 on more than 512 bytes", async () => {
    const reader = await follow("workflow_id=wf-w&from_seq=5");
    for (const said of ["x".repeat(512), Buffer.alloc(512, 1), "[]"]) reader.peer.send(said);
    expect(seqs(await reader.messages(1))).toEqual([5]);
    reader.peer.send("x".repeat(513));
    expect(await reader.closed).toBe(1009);
  });

  it("is counted with the live readers until it is closed", async () => {
    const before = Number(await liveReaders());
    const reader = await follow("workflow_id=wf-w");
    expect(Number(await liveReaders())).toBe(before + 1);
    reader.peer.close();
    await reader.closed;
    await expect.poll(liveReaders).toBe(String(before));
  });
});

describe("who may read it", () => {
  beforeAll(async () => void (await server.send("/events", event("wf-who", 1, "WORKFLOW_STARTED"))));

  it("takes a key from a header or from the address", async () => {
    for (const [query, headers] of [
      ["", { "x-api-key": key }],
      ["", { authorization: `Bearer ${key}` }],
      [`&api_key=${key}`, {}],
      [`&token=${key}`, {}],
    ] as const)
      expect(seqs(await (await follow(`workflow_id=wf-who${query}`, { headers })).messages(1))).toEqual([1]);
  });

  it("takes no cookie, which a browser sends with a WebSocket of any page of the same host", async () => {
    const { cookie } = await signIn(server.url, await newSignInLink());
    expect((await fetch(address("workflow_id=wf-who"), { headers: { cookie } })).status).toBe(401);
    const refused = await refusedSocket(address("workflow_id=wf-who"), { headers: { cookie, origin: server.url } });
    expect([refused.status, refused.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
  });

  it("refuses before the upgrade, in the words of every other refusal", async () => {
    const sending = await server.key("ingest");
    for (const [query, asker, status, code] of [
      ["workflow_id=wf-who", null, 401, "unauthorized"],
      ["workflow_id=wf-who", "wf_unknown", 401, "unauthorized"],
      ["workflow_id=wf-who", sending, 403, "forbidden"],
      ["types=STREAM_END", key, 400, "invalid_request"],
      ["workflow_id=wf-who&last_event_id=garbage", key, 400, "invalid_request"],
      ["workflow_id=wf-none&last_event_id=garbage", key, 400, "invalid_request"],
      ["workflow_id=wf-who&from_seq=x", key, 400, "invalid_request"],
    ] as const) {
      const refused = await refusedSocket(address(query), { headers: asker === null ? {} : { "x-api-key": asker } });
      expect([query, refused.status, refused.body]).toEqual([
        query,
        status,
        { error: expect.objectContaining({ code, message: expect.any(String), requestId: refused.headers["x-request-id"] }) },
      ]);
    }
  });

  it("waits for the workflow of a name in the key's own project, whatever another project has under it", async () => {
    const authorization = `Bearer ${await otherProjectKey(server, ["read", "ingest"])}`;
    const reader = await follow("workflow_id=wf-who", { headers: { authorization } });
    await server.send("/events", event("wf-who", 1, "AGENT_THINKING", { message: "theirs" }), { authorization });
    expect(await reader.messages(1)).toMatchObject([{ type: "AGENT_THINKING", message: "theirs" }]);
  });

  it("breaks for a key that is revoked while it reads", async () => {
    const made = await server.send("/api/keys", { name: "to be revoked", scopes: ["read"] });
    const { id, key: doomed } = (await made.json()) as { id: string; key: string };
    const reader = await follow("workflow_id=wf-who", { headers: { "x-api-key": doomed } });
    await reader.messages(1);
    expect((await server.fetch(`/api/keys/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await reader.closed).toBe(1006);
    expect((await refusedSocket(address("workflow_id=wf-who"), { headers: { "x-api-key": doomed } })).status).toBe(401);
  });
});

describe("a handshake", () => {
  beforeAll(async () => void (await server.send("/events", event("wf-hand", 1, "WORKFLOW_STARTED"))));
  const get = () => `GET ${path}?workflow_id=wf-hand&api_key=${key} HTTP/1.1`;

  it("is asked for with 426 where none came", async () => {
    const reply = await fetch(address(`workflow_id=wf-hand&api_key=${key}`));
    expect([reply.status, reply.headers.get("upgrade")]).toEqual([426, "websocket"]);
    expect(await reply.json()).toMatchObject({ error: { code: "upgrade_required", requestId: reply.headers.get("x-request-id") } });
    const h2c = await answerTo([get(), "Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"]);
    expect(h2c.first).toBe("HTTP/1.1 426 Upgrade Required");
  });

  it("that is not one is refused with 400 and the version that there is", async () => {
    for (const broken of [
      offer.slice(0, 3),
      [...offer.slice(0, 3), "Sec-WebSocket-Key: short"],
      [...offer, "Sec-WebSocket-Protocol: a,,b"],
    ])
      expect((await answerTo([get(), ...broken])).first).toBe("HTTP/1.1 400 Bad Request");
    const old = await answerTo([get(), ...offer.map((line) => line.replace("13", "7"))]);
    expect(old.first).toBe("HTTP/1.1 400 Bad Request");
    expect(old.all).toMatch(/\r\nsec-websocket-version: 13\r\n[\s\S]*"code":"invalid_request"/);
    expect((await answerTo([get().replace("GET", "POST"), "Connection: Upgrade, close", ...offer.slice(1)])).first).toBe(
      "HTTP/1.1 405 Method Not Allowed",
    );
  });

  it("anywhere else is passed over, and so is the offer of another protocol with a body", async () => {
    const health = await answerTo(["GET /api/health HTTP/1.1", "Connection: Upgrade, close", ...offer.slice(1)]);
    expect(health.first).toBe("HTTP/1.1 200 OK");
    const body = JSON.stringify(event("wf-h2c", 1, "WORKFLOW_STARTED"));
    const sent = await answerTo(
      [
        ...["POST /events HTTP/1.1", `X-API-Key: ${await server.key("ingest")}`, "Content-Type: application/json"],
        ...[`Content-Length: ${body.length}`, "Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"],
      ],
      body,
    );
    expect(sent.first).toBe("HTTP/1.1 200 OK");
    expect((await server.fetch("/api/runs/wf-h2c")).status).toBe(200);
  });

  it("takes what a proxy asks for by its whole address", async () => {
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write(`${get().replace(path, `http://watchfloor.example${path}`)}\r\nHost: watchfloor.example\r\n${offer.join("\r\n")}\r\n\r\n`);
    await new Promise<void>((resolve) => socket.once("readable", resolve));
    expect(String(socket.read())).toMatch(/^HTTP\/1\.1 101 [\s\S]*\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r\n/);
    socket.destroy();
  });

  it("takes nothing down when it breaks off while its key is looked up", async () => {
    for (let n = 0; n < 20; n += 1) {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
      await new Promise<void>((resolve) => socket.once("connect", resolve));
      socket.write(`${get().replace(key, `wf_none_${n}`)}\r\nHost: h\r\n${offer.join("\r\n")}\r\n\r\n`, () => socket.resetAndDestroy());
      await new Promise((resolve) => socket.once("close", resolve));
    }
    // Behind a request that is not answered yet there is nobody to give the connection to.
    const behind = await answerTo([`GET /api/v1/stream/sse?workflow_id=wf-hand&api_key=${key} HTTP/1.1`, "Host: h", "", get(), ...offer]);
    expect(behind.all).not.toContain("101 Switching");
    expect((await server.fetch("/api/health")).status).toBe(200);
  });
});

describe("a reader that never reads", () => {
  const long = "x".repeat(100_000);

  it("keeps a bounded number of bytes while the past waits for it, and goes when it answers no ping", async () => {
    for (let n = 1; n <= 120; n += 6)
      await server.send(
        "/events",
        Array.from({ length: 6 }, (_, k) => event("wf-past", n + k, "LLM_OUTPUT", { message: long })),
      );
    const held: Socket[] = [];
    server.door.server.once("connection", (socket) => held.push(socket));
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const socket = await deafReader("workflow_id=wf-past");
    const gone = new Promise<unknown>((resolve) => held[0]?.once("close", resolve));
    await expect.poll(() => held[0]?.writableLength).toBeGreaterThan(256 * 1024);
    expect(held[0]?.writableLength).toBeLessThan(1024 * 1024);
    // What is written meanwhile is not kept for it either.
    await server.send(
      "/events",
      Array.from({ length: 6 }, (_, k) => event("wf-past", 121 + k, "LLM_OUTPUT", { message: long })),
    );
    expect(held[0]?.writableLength).toBeLessThan(1024 * 1024);
    vi.advanceTimersByTime(60_000);
    await gone;
    socket.destroy();
  });

  it("is cut when more than a MiB of what is written live waits for it", async () => {
    await server.send("/events", event("wf-live", 1, "WORKFLOW_STARTED"));
    const before = await liveReaders();
    const held: Socket[] = [];
    server.door.server.once("connection", (socket) => held.push(socket));
    const socket = await deafReader("workflow_id=wf-live&last_event_id=1");
    let cut = false;
    let most = 0;
    held[0]?.once("close", () => {
      cut = true;
    });
    for (let n = 2; !cut; n += 5) {
      await server.send(
        "/events",
        Array.from({ length: 5 }, (_, k) => event("wf-live", n + k, "LLM_OUTPUT", { message: long })),
      );
      most = Math.max(most, held[0]?.writableLength ?? 0);
    }
    expect(most).toBeLessThan(3 * 1024 * 1024);
    await expect.poll(liveReaders).toBe(before);
    socket.destroy();
  });
});

describe("a connection", () => {
  it("is pinged every 20 seconds and kept while it answers, cut 60 seconds after its last answer", async () => {
    await server.send("/events", event("wf-ping", 1, "WORKFLOW_STARTED"));
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const answering = await follow("workflow_id=wf-ping");
    const silent = await follow("workflow_id=wf-ping", { headers: { "x-api-key": key }, autoPong: false });
    for (let beat = 1; beat <= 3; beat += 1) {
      const pinged = (beat < 3 ? [answering, silent] : [answering]).map(({ peer }) => new Promise((resolve) => peer.once("ping", resolve)));
      vi.advanceTimersByTime(20_000);
      await Promise.all(pinged);
      // Behind its answer to the ping: when this comes back, the other has arrived.
      const answered = new Promise((resolve) => answering.peer.once("pong", resolve));
      answering.peer.ping();
      await answered;
    }
    expect(await silent.closed).toBe(1006);
    expect(answering.peer.readyState).toBe(answering.peer.OPEN);
  });
});

describe("a server that goes away", () => {
  it("closes with 1001, and waits no more than seconds for who does not answer", async () => {
    await server.send("/events", [event("wf-away", 1, "WORKFLOW_STARTED"), event("wf-away", 2, "AGENT_STARTED")]);
    const reader = await follow("workflow_id=wf-away");
    await reader.messages(2);
    const deaf = await deafReader("workflow_id=wf-away");
    const began = performance.now();
    await server.door.close();
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(await reader.closed).toBe(1001);
    deaf.destroy();
  });
});
