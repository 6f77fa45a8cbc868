import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { maxWholeEvents } from "./split-body";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

let seq = 0;
const event = () => JSON.stringify({ workflow_id: "kinds", type: "AGENT_STARTED", agent_id: "a", seq: ++seq });
const post = async (type: string, body: BodyInit, more: RequestInit = {}) =>
  (await server.fetch("/api/ingest/shannon", { method: "POST", headers: { "content-type": type }, body, ...more })).json();

describe("a body whose client calls it something that says nothing is known by its first characters", () => {
  it.each(["application/x-www-form-urlencoded", "text/plain;charset=UTF-8", "application/octet-stream"])("%s", async (type) => {
    expect(await post(type, event())).toMatchObject({ accepted: 1 });
    expect(await post(type, `[${event()},${event()}]`)).toMatchObject({ accepted: 2 });
    expect(await post(type, `${event()}\n${event()}\n`)).toMatchObject({ accepted: 2 });
    expect(await post(type, `: hello\n\ndata: ${event()}\n\n`)).toMatchObject({ accepted: 1 });
  });

  it("also where it comes byte by byte", async () => {
    const bytes = new TextEncoder().encode(`event: x\ndata: ${event()}\n\n`);
    let at = 0;
    const body = new ReadableStream({
      pull: (controller) => (at < bytes.length ? controller.enqueue(bytes.slice(at, ++at)) : controller.close()),
    });
    expect(await post("application/octet-stream", body, { duplex: "half" } as RequestInit)).toMatchObject({ accepted: 1 });
  });
});

describe("other names of the same", () => {
  it.each(["text/json", "application/x-json", "application/cloudevents+json"])("%s is JSON", async (type) => {
    expect(await post(type, `[${event()}]`)).toMatchObject({ accepted: 1 });
  });

  it.each(["application/stream+json", "application/x-jsonl", "application/jsonlines", "text/x-ndjson", "text/jsonl"])(
    "%s is JSON line by line",
    async (type) => {
      expect(await post(type, `${event()}\n${event()}\n`)).toMatchObject({ accepted: 2 });
    },
  );
});

// What was said of such a body, that all before its long line was stored, was not so.
describe("lines that come as a whole body", () => {
  const long = () => JSON.stringify({ ...JSON.parse(event()), message: "x".repeat(1.5 * 1024 * 1024) });

  it.each([
    ["sent as nothing in particular", "text/plain", {}],
    ["with a key", "application/x-ndjson", { "idempotency-key": "long-lines" }],
  ])("may be as long as the body, whether or not the last one is ended: %s", async (_, type, headers: Record<string, string>) => {
    const body = [event(), long(), event(), long()].join("\n");
    const sent = await server.fetch("/api/ingest/shannon", { method: "POST", headers: { "content-type": type, ...headers }, body });
    expect(await sent.json()).toMatchObject({ accepted: 4, rejectedTotal: 0 });
  });

  it.each([
    ["sent as nothing in particular", "text/plain", {}],
    ["with a key", "application/x-ndjson", { "idempotency-key": "many-lines" }],
  ])("are no more than a list of JSON may have: %s", async (_, type, headers: Record<string, string>) => {
    const body = `{}\n${"1\n".repeat(maxWholeEvents)}`;
    const sent = await server.fetch("/api/ingest/shannon", { method: "POST", headers: { "content-type": type, ...headers }, body });
    expect(sent.status).toBe(400);
    expect(await sent.json()).toMatchObject({ error: { code: "too_many_values", requestId: expect.any(String) } });
  });
});
