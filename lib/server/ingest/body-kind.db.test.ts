import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

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
