import { afterAll, beforeAll, expect, it } from "vitest";
import { refusedSocket } from "./read-socket";
import { type RealServer, type RealServers, realServers, until } from "./real-server";

let servers: RealServers;
let server: RealServer;
let frozen: number[] = [];
beforeAll(async () => {
  servers = await realServers();
  server = await servers.start("one");
});
afterAll(async () => {
  thaw();
  await servers.stop();
});

/** The processes that serve our server stop where they are: connections stay open, and nothing comes over them. */
async function freeze(): Promise<void> {
  const connections = () => servers.sql`
    select pid, application_name as name from pg_stat_activity where datname = current_database() and application_name like 'watchfloor%'`;
  await until(async () => (await connections()).some(({ name }) => name === "watchfloor-pulse"));
  const rows = await connections();
  frozen = rows.map(({ pid }) => pid as number);
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
}

function thaw(): void {
  for (const pid of frozen) process.kill(pid, "SIGCONT");
  frozen = [];
}

it("a database that falls silent keeps nobody waiting: 503 for who asked and who asks, and all goes on when it is back, once", async () => {
  const event = (seq: number) => ({
    workflow_id: "wf-frozen",
    type: "LLM_PROMPT",
    message: `${seq}`,
    seq,
    timestamp: "2026-11-20T10:00:00Z",
  });
  expect((await server.send("/api/ingest/shannon", event(1))).status).toBe(200);
  const address = `http://127.0.0.1:${server.port}`;
  const { url } = (await (await server.send("/api/sign-in-links", {})).json()) as { url: string };
  const signedIn = await fetch(url, { redirect: "manual" });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  expect((await fetch(`${address}/runs`, { headers: { cookie } })).status).toBe(200);
  const feed = await server.fetch("/api/stream");
  await freeze();
  // A page that is being drawn: it looks its session up.
  const page = fetch(`${address}/runs`, { headers: { cookie } });
  // Whose key is looked up has not shaken hands yet.
  const shake = () =>
    refusedSocket(`${address}/api/v1/stream/ws?workflow_id=wf-frozen`, { headers: { "x-api-key": "wf_to_be_looked_up" } });
  const handshake = shake();
  const asked = await Promise.all([server.send("/api/ingest/shannon", event(2)), server.fetch("/api/runs/wf-frozen")]);
  expect(asked[0].status).toBe(503);
  expect(asked[0].headers.get("retry-after")).toBe("2");
  expect(await asked[0].json()).toMatchObject({
    error: { code: "unavailable", message: expect.stringContaining("Nothing was acknowledged") },
  });
  expect(asked[1].status).toBe(503);
  expect((await page).status).toBe(503);
  expect((await handshake).status).toBe(503);
  expect(await shake()).toMatchObject({ status: 503, body: { error: { code: "unavailable" } } });

  expect((await server.send("/api/ingest/shannon", event(3))).status).toBe(503);
  expect((await server.fetch("/api/ready")).status).toBe(503);
  // A browser that follows the feed is not left with a stream that stands still.
  expect(await feed.text()).toContain(": watchfloor");
  expect((await server.fetch("/api/stream")).status).toBe(503);
  // What says how the process is, and needs no database, goes on answering: this is when it is looked at.
  for (const path of ["/api/health", "/metrics", "/api/openapi.json"]) expect((await server.fetch(path)).status).toBe(200);
  const next = await fetch(`${address}/runs`, { headers: { cookie } });
  expect(next.status).toBe(503);
  expect(await next.text()).toContain("The database does not answer");

  thaw();
  await until(async () => (await server.fetch("/api/ready")).status === 200);
  expect((await fetch(`${address}/runs`, { headers: { cookie } })).status).toBe(200);
  const again = await server.send("/api/ingest/shannon", [event(2), event(3)]);
  expect(again.status).toBe(200);
  expect(await (await server.fetch("/api/runs/wf-frozen")).json()).toMatchObject({ lastSeq: 3 });
});
