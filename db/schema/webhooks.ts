import { sql } from "drizzle-orm";
import { bigint, boolean, index, integer, json, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { channelKinds } from "@/lib/core/alerts/words";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";

/** Who is told of what happens, and where. Secrets are sealed (lib/server/secrets), never in clear. */
export const webhooks = pgTable(
  "webhooks",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** `events`: told of what runs do. The others are where alerts go; only there may `url` be less than the address, which is then sealed. */
    kind: text({ enum: ["events", ...channelKinds] })
      .notNull()
      .default("events"),
    url: text().notNull(),
    events: text().array().notNull(),
    description: text(),
    secret: text().notNull(),
    /** Signs beside the new one until then. */
    previousSecret: text("previous_secret"),
    previousUntilMs: bigint("previous_until_ms", { mode: "number" }),
    status: text({ enum: ["active", "disabled"] }).notNull(),
    disabledReason: text("disabled_reason"),
    /** Only commits behind this feed position are told: nothing from before the webhook was made or enabled. */
    fromFeedSeq: bigint("from_feed_seq", { mode: "number" }).notNull(),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.id] }), index("webhooks_active").on(t.projectId).where(sql`status = 'active'`)],
);

/** How far the feed was turned into deliveries; moved in the transaction that makes them. */
export const webhookCursors = pgTable("webhook_cursors", {
  projectId: uuid("project_id").primaryKey(),
  feedSeq: bigint("feed_seq", { mode: "number" }).notNull(),
});

/** One message to one webhook, with everything needed to send it again unchanged. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid().notNull(),
    /** The webhook, or the source whose own endpoint is called. */
    webhookId: uuid("webhook_id").notNull(),
    /** The event told of, so that following the feed twice makes one delivery. */
    messageKey: text("message_key").notNull(),
    type: text().notNull(),
    family: text({ enum: ["event", "crewship", "test", "source", "alert"] }).notNull(),
    /** Name of the ResonantGenesis source whose activity stream hears of the outcome. */
    sourceName: text("source_name").notNull(),
    /** Exact bytes that are signed. */
    body: text().notNull(),
    /** Of a source's endpoint: its path behind the source's address, and the decision or control request that it carries. */
    path: text(),
    subject: uuid(),
    createdAtMs: bigint("created_at_ms", { mode: "number" }).notNull(),
    status: text({ enum: ["pending", "delivered", "failed"] }).notNull(),
    attempts: integer().notNull().default(0),
    /** Place in the retry schedule; starts anew when a person sends it again. */
    step: integer().notNull().default(0),
    nextAttemptMs: bigint("next_attempt_ms", { mode: "number" }),
    /** The worker that is sending it, for as long as it keeps renewing. */
    lockedBy: uuid("locked_by"),
    lockedUntilMs: bigint("locked_until_ms", { mode: "number" }),
    finishedAtMs: bigint("finished_at_ms", { mode: "number" }),
    log: json().$type<DeliveryAttempt[]>().notNull().default([]),
    /** False from an attempt's end until `webhook.sent` or `webhook.failed` is in the log. */
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
