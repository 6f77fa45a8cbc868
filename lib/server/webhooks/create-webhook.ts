import { eq } from "drizzle-orm";
import { webhooks } from "@/db/schema";
import type { NewWebhook, WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { holdLimit } from "../hold-limit";
import { acceptedTarget } from "../outbound/accepted-target";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { findWebhook } from "./find-webhook";
import { holdCursor } from "./hold-cursor";
import { publicId } from "./public-id";
import { newWebhookSecret, sealedFor } from "./webhook-secret";

export const maxWebhooks = 200;

/** Creates a webhook for what is committed from now on. Its secret leaves the server only this once. */
export async function createWebhook(projectId: string, wanted: NewWebhook): Promise<WebhookWithSecret> {
  const { pool, now } = services();
  const url = await acceptedTarget(wanted.url, "url");
  const id = uuidv7(now());
  const secret = wanted.secret ?? newWebhookSecret();
  await pool.begin(async (tx) => {
    const limit = { projectId, table: webhooks, which: eq(webhooks.kind, "events"), most: maxWebhooks };
    await holdLimit(tx, { ...limit, things: "webhooks", hint: "Delete one that is no longer needed." });
    await holdCursor(tx, projectId);
    await tx`
      insert into webhooks (project_id, id, url, events, description, secret, status, from_feed_seq, created_at_ms)
      select ${projectId}, ${id}, ${url}, ${[...new Set(wanted.events)]}, ${wanted.description || null}, ${sealedFor(id, secret)}, 'active', seq, ${now()}
      from feed_heads where project_id = ${projectId}`;
  });
  return { ...(await findWebhook(projectId, publicId("webhook", id))), secret };
}
