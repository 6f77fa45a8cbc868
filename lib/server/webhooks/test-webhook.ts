import { randomUUID } from "node:crypto";
import { afterAttempt, attemptDelaysMs } from "@/lib/core/webhooks/schedule";
import type { Delivery } from "@/lib/core/webhooks/webhook";
import { bodyOf } from "../alerts/send-notices";
import { testAlert } from "../alerts/test-alert";
import { testLeaseMs } from "../leases";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { attemptDelivery, type ClaimedDelivery } from "./attempt-delivery";
import { finishDeliveries } from "./finish-deliveries";
import { findDelivery } from "./list-deliveries";
import { noSuch, publicId, uuidOf } from "./public-id";

/** Sends a `webhook.test` event, or a test alert to a channel, once and at once, and returns the outcome. Throws not_found. */
export async function testWebhook(projectId: string, publicWebhookId: string): Promise<Delivery> {
  const { pool, now, publicUrl } = services();
  const webhookId = uuidOf("webhook", publicWebhookId);
  const [webhook] = await pool`
    select kind, url, secret, previous_secret, previous_until_ms from webhooks where project_id = ${projectId} and id = ${webhookId}`;
  if (!webhook) throw noSuch("webhook");
  const lockedBy = randomUUID();
  const delivery: ClaimedDelivery = {
    projectId,
    id: uuidv7(now()),
    webhookId,
    type: "webhook.test",
    family: "test",
    sourceName: "watchfloor",
    kind: webhook.kind,
    body: webhook.kind === "events" ? testBody(webhookId, now()) : bodyOf(webhook.kind, testAlert(now(), publicUrl())),
    attempts: 0,
    // The last step of the schedule, so that it is not retried.
    step: attemptDelaysMs.length - 1,
    log: [],
    url: webhook.url,
    secret: webhook.secret,
    ...{ dialect: null, path: null, subject: null },
    previousSecret: webhook.previous_secret,
    previousUntilMs: webhook.previous_until_ms === null ? null : Number(webhook.previous_until_ms),
  };
  await pool`
    insert into webhook_deliveries (project_id, id, webhook_id, message_key, type, family, source_name, body, created_at_ms, status, step, locked_by, locked_until_ms)
    values (${projectId}, ${delivery.id}, ${webhookId}, ${`test:${delivery.id}`}, ${delivery.type}, 'test', ${delivery.sourceName}, ${delivery.body},
      ${now()}, 'pending', ${delivery.step}, ${lockedBy}, ${now() + testLeaseMs})`;
  const attempt = await attemptDelivery(services(), delivery);
  const after = afterAttempt(delivery.step, { statusCode: attempt.status_code }, now());
  await finishDeliveries(pool, [{ delivery, attempt, after, finishedAtMs: now(), lockedBy }]);
  return findDelivery(projectId, publicId("delivery", delivery.id));
}

function testBody(webhookId: string, nowMs: number): string {
  return JSON.stringify({
    id: `evt_test_${nowMs}`,
    type: "webhook.test",
    created_at: new Date(nowMs).toISOString(),
    data: { webhook_id: publicId("webhook", webhookId), message: "A test from Watchfloor. It is not about any run." },
    metadata: {},
  });
}
