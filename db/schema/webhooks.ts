import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { channelKinds } from "@/lib/core/alerts/words";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";

/** Who is notified of what, and where. Secrets are sealed (lib/server/secrets), never in clear. */
export const webhooks = pgTable(
  "webhooks",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /**
     * `events` is notified of what runs do. The other kinds receive alerts; only there may `url` be less than the full address,
     * which is then sealed.
     */
    kind: text({ enum: ["events", ...channelKinds] })
      .notNull()
      .default("events"),
    url: text().notNull(),
    events: text().array().notNull(),
    description: text(),
    secret: text().notNull(),
    /** Also signs, beside the new secret, until then. */
    previousSecret: text("previous_secret"),
    previousUntilMs: bigint("previous_until_ms", { mode: "number" }),
    status: text({ enum: ["active", "disabled"] }).notNull(),
    disabledReason: text("disabled_reason"),
    /** Only commits after this feed position are delivered: nothing from before the webhook was created or enabled. */
    fromFeedSeq: bigint("from_feed_seq", { mode: "number" }).notNull(),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), index("webhooks_active").on(t.projectId).where(sql`status = 'active'`)],
);

/** How far the feed has been turned into deliveries; advanced in the transaction that creates them. */
export const webhookCursors = pgTable("webhook_cursors", {
  projectId: uuid("project_id").primaryKey(),
  feedSeq: bigint("feed_seq", { mode: "number" }).notNull(),
});

/** One message to one webhook, with everything needed to resend it unchanged. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** The webhook, or the source whose own endpoint is called. */
    webhookId: uuid("webhook_id").notNull(),
    /** Identifies the event, so that processing the feed twice creates one delivery. */
    messageKey: text("message_key").notNull(),
    type: text().notNull(),
    family: text({ enum: ["event", "crewship", "test", "source", "alert"] }).notNull(),
    /** Name of the ResonantGenesis source whose activity stream receives the outcome. */
    sourceName: text("source_name").notNull(),
    /** The exact bytes that are signed. */
    body: text().notNull(),
    /** For a source's endpoint: its path under the source's address, and the decision or control request it carries. */
    path: text(),
    subject: uuid(),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
    status: text({ enum: ["pending", "delivered", "failed"] }).notNull(),
    attempts: integer().notNull().default(0),
    /** Position in the retry schedule; reset when a person sends it again. */
    step: integer().notNull().default(0),
    nextAttemptMs: bigint("next_attempt_ms", { mode: "number" }),
    /** The worker that is sending it, for as long as it renews the lock. */
    lockedBy: uuid("locked_by"),
    lockedUntilMs: bigint("locked_until_ms", { mode: "number" }),
    finishedAtMs: bigint("finished_at_ms", { mode: "number" }),
    log: json().$type<DeliveryAttempt[]>().notNull().default([]),
    /** False from the end of an attempt until `webhook.sent` or `webhook.failed` is in the log. */
    reported: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.id] }),
    uniqueIndex("webhook_deliveries_once").on(t.projectId, t.webhookId, t.messageKey),
    index("webhook_deliveries_due").on(t.projectId, t.webhookId, t.nextAttemptMs).where(sql`status = 'pending'`),
    index("webhook_deliveries_listed").on(t.projectId, t.webhookId, t.id.desc()),
    index("webhook_deliveries_unreported").on(t.finishedAtMs).where(sql`not reported`),
    index("webhook_deliveries_age").on(t.createdAtMs),
    index("webhook_deliveries_subject").on(t.projectId, t.subject).where(sql`subject is not null`),
  ],
);
