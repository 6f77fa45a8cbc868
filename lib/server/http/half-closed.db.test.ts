import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer();
  key = await server.key("ingest", "read", "decide");
});
afterAll(() => server.stop());

function request(line: string, body = "", more: readonly string[] = []): string {
  const length = body === "" ? [] : ["content-type: application/json", `content-length: ${body.length}`];
  return `${line} HTTP/1.1\r\n${["host: x", `x-api-key: ${key}`, ...length, ...more].join("\r\n")}\r\n\r\n${body}`;
}

async function open(): Promise<Socket> {
  const socket = connect({ port: Number(new URL(server.url).port), host: "127.0.0.1", allowHalfOpen: true });
  await once(socket, "connect");
  return socket;
}

/** Says that nothing more comes as soon as the request is out, as `nc -N` does; gives all that came back. */
async function answered(sent: string): Promise<string> {
  const socket = await open();
  socket.end(sent);
  return text(socket);
}

const event = (seq: number) => JSON.stringify({ workflow_id: "half", type: "AGENT_STARTED", agent_id: "a", seq });
const statuses = (answer: string) => [...answer.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status));

describe("a client that closes its half of the connection behind its request", () => {
  it("is told what became of its event", async () => {
    const answer = await answered(request("POST /api/ingest/shannon", event(1)));
    expect(statuses(answer)).toEqual([200]);
    expect(answer).toContain('"accepted":1');
  });

  it("is told so of a body in chunks", async () => {
    const lines = `${event(2)}\n${event(3)}\n`;
    const head = request("POST /api/ingest/shannon", "", ["content-type: application/x-ndjson", "transfer-encoding: chunked"]);
    expect(await answered(`${head}${lines.length.toString(16)}\r\n${lines}\r\n0\r\n\r\n`)).toContain('"accepted":2');
  });

  it("is told that its body was cut off where it was, and what had come whole is kept", async () => {
    const head = request("POST /api/ingest/shannon", "", ["content-type: application/x-ndjson", "transfer-encoding: chunked"]);
    const line = `${event(1).replace("half", "half-sent")}\n`;
    const answer = await answered(`${head}${line.length.toString(16)}\r\n${line}\r\n5\r\n{"wo`);
    expect(statuses(answer)).toEqual([400]);
    expect(answer).toContain("cut off");
    await expect.poll(async () => (await server.fetch("/api/runs/half-sent")).status).toBe(200);
  });

  it("gets what it asked to read, compressed or not, and the connection ends behind it", async () => {
    const many = Array.from({ length: 200 }, (_, n) => event(n + 10));
    await server.send("/api/ingest/shannon", `[${many.join(",")}]`);
    expect(await answered(request("GET /api/runs/half/events?limit=200"))).toContain('"lastSeq"');
    expect(statuses(await answered(request("GET /api/runs/half/events?limit=200", "", ["accept-encoding: gzip"])))).toEqual([200]);
  });

  it("gets every answer of requests that it sent behind each other", async () => {
    const posts = Array.from({ length: 5 }, (_, n) => request("POST /api/ingest/shannon", event(n + 1_000)));
    expect(statuses(await answered(posts.join("")))).toEqual([200, 200, 200, 200, 200]);
  });

  it("reads no stream: a reader that says so has gone, and is let go at once", async () => {
    const arrived = once(server.door.server, "connection") as Promise<[Socket]>;
    const socket = await open();
    const [ours] = await arrived;
    socket.write(request("GET /api/runs/half/stream"));
    await once(socket, "data");
    const closed = once(ours, "close");
    socket.on("error", () => {}).end();
    socket.resume();
    await closed;
  });

  it("is told a decision, and no receipt says so: it may be gone", async () => {
    const asked = { run: "half", kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" } };
    const { id, actionHash } = (await (await server.send("/api/approvals", asked)).json()) as Approval;
    await server.send(`/api/approvals/${id}/decision`, { actionHash, decision: "approve" });
    expect(await answered(request(`GET /api/approvals/${id}`))).toContain('"approved"');
    const list = await (await server.fetch("/api/approvals?run=half&status=approved")).json();
    expect((list as { approvals: Approval[] }).approvals[0]?.receipt?.deliveredVia ?? null).toBeNull();
  });
});
