import { afterAll, beforeAll, expect, it } from "vitest";
import type { Delivery, Webhook, WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { failLeftTests } from "./fail-left-tests";

let server: TestServer;
let target: Receiver;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
  target = await startReceiver(() => {});
});
afterAll(async () => {
  await server.stop();
  await target.stop();
});

it("a test whose server was killed while it sent it has failed when nobody can be sending it any more, and stays so", async () => {
  const { pool, now } = server.services;
  const hook = (await (await server.send("/webhooks", { url: target.url, events: ["*"] })).json()) as WebhookWithSecret;
  const asked = server.send(`/webhooks/${hook.id}/test`, {});
  await target.until(1);
  expect(await failLeftTests(pool, now())).toBe(0);
  expect(await failLeftTests(pool, now() + 60_000)).toBe(1);
  const { data } = (await (await server.fetch(`/webhooks/${hook.id}/deliveries`)).json()) as { data: Delivery[] };
  expect(data).toMatchObject([
    { status: "failed", attempts: 1, status_code: null, error: expect.stringContaining("it is unknown whether it arrived") },
  ]);
  expect((await (await server.fetch(`/webhooks/${hook.id}`)).json()) as Webhook).toMatchObject({ pending: 0 });
  // Had its server only been stalled, the outcome would come too late to count.
  target.answerOpen();
  expect((await (await asked).json()) as Delivery).toMatchObject({ status: "failed", attempts: 1 });
});
