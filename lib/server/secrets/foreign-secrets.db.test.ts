import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import { foreignSecrets } from "./foreign-secrets";
import { Sealer } from "./seal";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it("are told at the start: how many of each kind, and what to do; an address that is no secret is none of them", async () => {
  const { pool, sealer } = server.services;
  const other = new Sealer(randomBytes(32));
  expect(await foreignSecrets(pool, other)).toBeNull();
  await server.send("/webhooks", { url: "http://127.0.0.1:1/one", events: ["*"] });
  await server.send("/webhooks", { url: "http://127.0.0.1:1/two", events: ["*"] });
  await server.send("/api/alerts/channels", { name: "hall", kind: "slack", url: "http://127.0.0.1:1/three" });
  await server.send("/api/alerts/channels", { name: "mail", kind: "email", to: ["ann@test.invalid"] });
  await server.send("/api/sources", { dialect: "shannon", name: "east", address: "http://127.0.0.1:1", token: "sk_1" });
  await server.send("/api/sources", { dialect: "shannon", name: "west" });
  expect(await foreignSecrets(pool, sealer)).toBeNull();
  expect(await foreignSecrets(pool, other)).toBe(
    "The secrets of 2 webhooks, 1 channel, 1 source were encrypted with another key, so nothing can be sent with them. Restore secret.key or WATCHFLOOR_SECRET, or set new secrets.",
  );
});
