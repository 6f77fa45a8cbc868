import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function repliesOf(method: string, status: number): Promise<number> {
  const text = await (await server.fetch("/metrics")).text();
  return Number(new RegExp(`^watchfloor_replies_total\\{method="${method}",status="${status}"\\} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
}

it("the metrics count answers by method and status, whatever is asked for", async () => {
  const asked: [string, string, number][] = [
    ["GET", "/api/nowhere", 404],
    ["POST", "/api/health", 405],
    ["DELETE", "/api/health", 405],
    ["PROPFIND", "/api/health", 405],
  ];
  for (const [method, path, status] of asked) {
    const name = method === "PROPFIND" ? "other" : method;
    const before = await repliesOf(name, status);
    const reply = await server.fetch(path, { method });
    await reply.text();
    expect([path, reply.status, (await repliesOf(name, status)) - before]).toEqual([path, status, 1]);
  }
});
