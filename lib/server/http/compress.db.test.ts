import { get, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendLog } from "@/test/send-log";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
let key: string;

beforeAll(async () => {
  server = await startTestServer();
  key = await server.key("read");
  await sendLog(
    server,
    Array.from({ length: 2_200 }, (_, index) => ({
      ...{ workflow_id: "wf-zip", type: "LLM_OUTPUT", agent_id: "a", seq: index + 1, message: `${index} größer `.padEnd(2_500, "word ") },
    })),
  );
});
afterAll(() => server.stop());

type Answer = { readonly headers: IncomingMessage["headers"]; readonly bytes: Buffer };

/** Without a client that unpacks by itself. */
function ask(path: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(server.url + path, { headers: { authorization: `Bearer ${key}`, ...headers } }, async (reply) =>
      resolve({ headers: reply.headers, bytes: await buffer(reply) }),
    ).on("error", reject);
  });
}

const gzip = { "accept-encoding": "gzip, deflate, br" };

describe("an answer", () => {
  it.each([
    ["that is made whole", "/api/runs/wf-zip/events?limit=100&raw=1"],
    ["that is written piece by piece", "/api/runs/wf-zip/events?limit=1000&raw=1"],
    ["whose length is known before it is written", "/api/runs/wf-zip/chunks"],
  ])("%s goes out as gzip to who takes that, the same byte for byte", async (_, path) => {
    const plain = await ask(path, {});
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const zipped = await ask(path, gzip);
    expect(zipped.headers["content-encoding"]).toBe("gzip");
    expect(zipped.headers.vary).toBe("Accept-Encoding");
    expect(zipped.bytes.length).toBeLessThan(plain.bytes.length / 5);
    expect(gunzipSync(zipped.bytes).equals(plain.bytes)).toBe(true);
  });

  it.each(["identity", "br", "gzip;q=0", "gzip; q=0.00, br", "xgzip", ""])("stays as it is for who offers %j", async (offered) => {
    const { headers } = await ask("/api/runs/wf-zip/events?limit=100", { "accept-encoding": offered });
    expect(headers["content-encoding"]).toBeUndefined();
  });

  it.each(["gzip", "GZIP", "br;q=1.0, gzip;q=0.8", "x-gzip", "gzip; q=0.001"])("is compressed for who offers %j", async (offered) => {
    const { headers } = await ask("/api/runs/wf-zip/events?limit=100", { "accept-encoding": offered });
    expect(headers["content-encoding"]).toBe("gzip");
  });

  it("that is short stays as it is", async () => {
    const { headers, bytes } = await ask("/api/runs/wf-zip", gzip);
    expect([headers["content-encoding"], headers["content-length"]]).toEqual([undefined, String(bytes.length)]);
  });

  it("that a reader breaks off takes nobody else's with it", async () => {
    await Promise.all(
      Array.from(
        { length: 5 },
        () =>
          new Promise<void>((resolve) => {
            get(
              `${server.url}/api/runs/wf-zip/events?limit=1000&raw=1`,
              { headers: { authorization: `Bearer ${key}`, ...gzip } },
              (reply) => {
                reply.once("data", () => reply.destroy());
                reply.once("close", () => resolve());
              },
            );
          }),
      ),
    );
    const { bytes } = await ask("/api/runs/wf-zip/events?limit=1000", gzip);
    expect((JSON.parse(gunzipSync(bytes).toString()) as { events: unknown[] }).events).toHaveLength(1_000);
  });

  it("is asked after without its body as before", async () => {
    const reply = await fetch(`${server.url}/api/runs/wf-zip/events?limit=100`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${key}`, ...gzip },
    });
    expect([reply.status, reply.headers.get("content-encoding")]).toEqual([200, null]);
  });
});
