import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function open(): Promise<Socket> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}

type Sent = { readonly path: string; readonly headers?: Record<string, string>; readonly body: Uint8Array };

/** Writes the whole request before it reads anything, as Python does; gives all that came back. */
async function sendThenRead({ path, headers = {}, body }: Sent): Promise<string> {
  const socket = await open();
  const all = { host: "x", "content-length": String(body.length), "content-type": "application/json", ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${head.join("")}\r\n`);
  await new Promise<void>((resolve, reject) => socket.write(body, (error) => (error ? reject(error) : resolve())));
  return text(socket);
}

describe("a refusal that is made before the body is there", () => {
  const long = Buffer.alloc(16 * 1024 * 1024, "x");
  const noise = randomBytes(8 * 1024 * 1024);
  const lines = { "content-type": "application/x-ndjson" };
  let key: string;
  beforeAll(async () => {
    key = await server.key("ingest", "admin");
  });

  it.each<[string, Sent, number, string]>([
    ["too long", { path: "/api/keys", body: long }, 413, "too_large"],
    ["too long, inflated", { path: "/api/keys", headers: { "content-encoding": "gzip" }, body: gzipSync(noise) }, 413, "too_large"],
    ["a line too long", { path: "/events", headers: lines, body: long }, 413, "too_large"],
    ["no key", { path: "/api/keys", headers: { authorization: "" }, body: long }, 401, "unauthorized"],
    [
      "an unknown encoding",
      { path: "/events", headers: { ...lines, "content-encoding": "zstd" }, body: long },
      415,
      "unsupported_media_type",
    ],
    ["of no kind that we know", { path: "/events", headers: { "content-type": "text/plain" }, body: long }, 415, "unsupported_media_type"],
    [
      "too long, without a type",
      { path: "/events", headers: { "content-type": "" }, body: Buffer.concat([Buffer.from("{"), long]) },
      413,
      "too_large",
    ],
    ["no such address", { path: "/api/nowhere", body: long }, 404, "not_found"],
    ["no such method", { path: "/runs", body: long }, 405, "method_not_allowed"],
  ])("reaches a sender that writes all before it reads: %s", async (_name, sent, status, code) => {
    const answer = await sendThenRead({ ...sent, headers: { authorization: `Bearer ${key}`, ...sent.headers } });
    expect(answer.split("\r\n")[0]).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ error: { code } });
  });

  it("ends the connection of a sender that never stops", async () => {
    const socket = await open();
    socket.on("error", () => {});
    socket.write("POST /api/keys HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    const writing = setInterval(() => socket.write("1\r\nx\r\n"), 50);
    const answer = await text(socket);
    clearInterval(writing);
    expect(answer).toContain('"unauthorized"');
  });

  it("says names of the sender's own no longer than people read", async () => {
    const reply = await server.send("/api/alerts/acknowledge", { alerts: ["x"], ["k".repeat(1_000_000)]: 1 });
    expect(reply.status).toBe(400);
    expect((await reply.text()).length).toBeLessThan(2_000);
  });
});

describe("what is no request, behind one that is", () => {
  const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));

  it("is refused behind the answers to those before it, in the order of their asking", async () => {
    const body = JSON.stringify({ workflow_id: "piped", type: "WORKFLOW_STARTED", seq: 1 });
    const key = await server.key("ingest", "read");
    const head = ["host: x", `authorization: Bearer ${key}`, "content-type: application/json", `content-length: ${body.length}`];
    const post = `POST /api/ingest/shannon HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n${body}`;
    const socket = await open();
    socket.write(`${post}GET /api/health HTTP/1.1\r\nhost: x\r\n\r\nBAD\r\n\r\n`);
    const answer = await text(socket);
    expect(statuses(answer)).toEqual([200, 200, 400]);
    expect(answer).toContain('"accepted":1');
    expect((await server.fetch("/api/runs/piped")).status).toBe(200);
  });

  it("never stands in an answer that is being written, and none is given twice", async () => {
    const key = await server.key("read");
    const reading = await open();
    reading.write(`GET /api/stream HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${key}\r\n\r\n`);
    let heard = "";
    await new Promise<void>((resolve) =>
      reading.on("data", (bytes) => {
        heard += bytes;
        if (heard.includes("\r\n\r\n")) resolve();
      }),
    );
    const noticed = new Promise((resolve) => server.door.server.once("clientError", resolve));
    reading.write("BAD\r\n\r\n");
    await noticed;
    await server.fetch("/api/health");
    expect(statuses(heard)).toEqual([200]);
    reading.destroy();

    const writing = await open();
    writing.write("POST /api/keys HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    const first = await new Promise<string>((resolve) => writing.once("data", (bytes) => resolve(String(bytes))));
    writing.write("no chunk\r\n");
    expect(statuses(first + (await text(writing)))).toEqual([401]);
  });
});

describe("a request that expects what we do not know", () => {
  it("is answered like any other", async () => {
    const socket = await open();
    socket.write("GET /api/runs HTTP/1.1\r\nhost: x\r\nexpect: more\r\nconnection: close\r\n\r\n");
    expect(await text(socket)).toContain('"error":{"code":"unauthorized"');
  });
});

describe("a compressed body whose sender goes away", () => {
  it.each(["application/json", "application/x-ndjson"])("breaks nothing of ours: %s", async (type) => {
    const broken: Error[] = [];
    const notice = (error: Error) => void broken.push(error);
    process.on("uncaughtExceptionMonitor", notice);
    const key = await server.key("ingest");
    const closed = new Promise((resolve) => server.door.server.once("connection", (ours: Socket) => ours.once("close", resolve)));
    const socket = await open();
    const head = ["host: x", `authorization: Bearer ${key}`, `content-type: ${type}`, "content-encoding: gzip", "content-length: 100000"];
    socket.write(`POST /events HTTP/1.1\r\n${head.join("\r\n")}\r\n\r\n`);
    const asked = new Promise((resolve) => server.door.server.once("request", resolve));
    socket.write(gzipSync(randomBytes(100_000)).subarray(0, 1_000));
    await asked;
    // Long enough for the handler to have begun to read: a second request has been answered since.
    await server.fetch("/api/me");
    socket.resetAndDestroy();
    await closed;
    await server.fetch("/api/me");
    process.off("uncaughtExceptionMonitor", notice);
    expect(broken).toEqual([]);
  });
});
