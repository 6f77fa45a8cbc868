import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Webhook, WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
let target: Receiver;
beforeAll(async () => {
  server = await startTestServer();
  target = await startReceiver();
});
afterEach(async () => {
  for (const hook of await hooks()) await server.fetch(`/webhooks/${hook.id}`, { method: "DELETE" });
});
afterAll(async () => {
  await server.stop();
  await target.stop();
});

async function hooks(): Promise<Webhook[]> {
  return ((await (await server.fetch("/webhooks")).json()) as { data: Webhook[] }).data;
}

describe("secrets", () => {
  it("are in no table in clear, and in no answer but the first", async () => {
    const made = await server.send("/webhooks", { url: target.url, events: ["*"], secret: "hunter2-hunter2-hunter2" });
    const hook = (await made.json()) as WebhookWithSecret;
    await server.send(`/webhooks/${hook.id}/rotate`, { secret: "swordfish-swordfish" });
    await server.send(`/webhooks/${hook.id}/test`, {});
    await server.send("/api/v1/events/replay", { webhook_url: target.url, secret: "opensesame-opensesame" });
    const tables = await server.services.pool`select tablename from pg_tables where schemaname = 'public'`;
    for (const { tablename } of tables) {
      const [found] = await server.services.pool.unsafe(
        `select count(*)::int as n from "${tablename}" t where t::text ~ 'hunter2|swordfish|opensesame'`,
      );
      expect([tablename, found?.n]).toEqual([tablename, 0]);
    }
    for (const path of ["/webhooks", `/webhooks/${hook.id}`, `/webhooks/${hook.id}/deliveries`, "/api/v1/events/replay"])
      expect(await (await server.fetch(path)).text()).not.toMatch(/hunter2|swordfish|opensesame|"secret"/);
  });
});

describe("the door", () => {
  it("answers under each of the documented addresses", async () => {
    for (const base of ["/webhooks", "/api/v1/webhooks", "/v1/webhooks"]) {
      const made = (await (await server.send(base, { url: target.url, events: ["*"] })).json()) as WebhookWithSecret;
      expect(((await (await server.fetch(base)).json()) as { data: Webhook[] }).data.map((one) => one.id)).toEqual([made.id]);
      expect((await server.fetch(`${base}/${made.id}`)).status).toBe(200);
      expect((await server.fetch(`${base}/${made.id}`, { method: "DELETE" })).status).toBe(204);
      expect((await server.fetch(`${base}/${made.id}`)).status).toBe(404);
    }
  });

  it.each([
    [{ events: ["*"] }, "url"],
    [{ url: "https://example.com", events: [] }, "events"],
    [{ url: "https://example.com", events: ["session.*.x"] }, "events.0"],
    [{ url: "https://example.com", events: "session.*" }, "events"],
    [{ url: "https://example.com", events: ["*"], secret: "short" }, "secret"],
    [{ url: "http://169.254.169.254/latest", events: ["*"] }, "url"],
    [{ url: "http://[::ffff:a9fe:a9fe]/", events: ["*"] }, "url"],
    [{ url: "http://user:pass@example.com/", events: ["*"] }, "url"],
    [{ url: "ftp://example.com/", events: ["*"] }, "url"],
    [{ url: "nonsense", events: ["*"] }, "url"],
  ])("refuses %j and says where", async (body, path) => {
    const reply = await server.send("/webhooks", body);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path } });
    expect(await hooks()).toEqual([]);
  });

  it("makes up the secret that is null, as it does one that is left out", async () => {
    const made = await server.send("/api/v1/webhooks", { url: target.url, events: ["session.*"], secret: null, description: null });
    expect(made.status).toBe(201);
    const hook = (await made.json()) as WebhookWithSecret;
    expect(hook).toMatchObject({ secret: expect.stringMatching(/^whsec_/), description: null });
    const rotated = (await (await server.send(`/webhooks/${hook.id}/rotate`, { secret: null })).json()) as WebhookWithSecret;
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(hook.secret);
  });

  it("knows no webhook, delivery or replay of another id", async () => {
    for (const id of ["wh_00000000000000000000000000000000", "nonsense", "..%2f..", "%00"]) {
      expect((await server.fetch(`/webhooks/${id}`)).status).toBe(404);
      expect((await server.send(`/webhooks/${id}/test`, {})).status).toBe(404);
      expect((await server.send(`/webhooks/${id}/rotate`, {})).status).toBe(404);
      expect((await server.send(`/webhooks/${id}/enable`, {})).status).toBe(404);
      expect((await server.fetch(`/webhooks/${id}/deliveries`)).status).toBe(404);
      expect((await server.fetch(`/webhooks/${id}`, { method: "DELETE" })).status).toBe(404);
      expect((await server.send(`/webhooks/deliveries/${id}/redeliver`, {})).status).toBe(404);
      expect((await server.fetch(`/api/v1/events/replay/${id}`)).status).toBe(404);
    }
  });
});
