import type { Pool } from "@/db/client";
import type { DeliveryAttempt, Webhook } from "@/lib/core/webhooks/webhook";
import { iso, isoOrNull } from "../iso";
import { services } from "../services";
import { publicId } from "./public-id";

/** A webhook with its newest attempt; bigint columns are returned as strings. */
export type WebhookRow = {
  readonly id: string;
  readonly url: string;
  readonly events: string[];
  readonly description: string | null;
  readonly status: "active" | "disabled";
  readonly disabled_reason: string | null;
  readonly created_at_ms: string;
  readonly previous_until_ms: string | null;
  readonly pending: number;
  readonly last_type: string | null;
  readonly last_status: "pending" | "delivered" | "failed" | null;
  readonly last_log: DeliveryAttempt[] | null;
};

/**
 * The project's webhooks, or the one with this id, newest first. `nulls last` matches the index: otherwise the deliveries of all
 * receivers are scanned for those of one.
 */
export function webhookRows(pool: Pool, projectId: string, page: { id?: string; limit: number; offset: number }) {
  return pool<WebhookRow[]>`
    select w.id, w.url, w.events, w.description, w.status, w.disabled_reason, w.created_at_ms, w.previous_until_ms,
      (select count(*)::int from webhook_deliveries p where p.project_id = w.project_id and p.webhook_id = w.id and p.status = 'pending') as pending,
      d.type as last_type, d.status as last_status, d.log as last_log
    from webhooks w left join lateral (
      select type, status, log from webhook_deliveries
      where project_id = w.project_id and webhook_id = w.id and attempts > 0
      order by id desc nulls last limit 1
    ) d on true
    where w.project_id = ${projectId} and w.kind = 'events' ${page.id === undefined ? pool`` : pool`and w.id = ${page.id}`}
    order by w.created_at_ms desc, w.id limit ${page.limit} offset ${page.offset}`;
}

export function shownWebhook(row: WebhookRow): Webhook {
  const last = row.last_log?.at(-1);
  const previous = row.previous_until_ms === null ? null : Number(row.previous_until_ms);
  return {
    id: publicId("webhook", row.id),
    url: row.url,
    events: row.events,
    description: row.description,
    status: row.status,
    disabled_reason: row.disabled_reason,
    created_at: iso(row.created_at_ms),
    previous_secret_until: previous !== null && previous > services().now() ? isoOrNull(previous) : null,
    last_delivery:
      last && row.last_type !== null && row.last_status !== null
        ? { type: row.last_type, status: row.last_status, status_code: last.status_code, at: last.at }
        : null,
    pending: row.pending,
  };
}
