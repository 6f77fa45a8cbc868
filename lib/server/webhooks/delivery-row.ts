import type { Pool } from "@/db/client";
import type { Delivery, DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { iso, isoOrNull } from "../iso";
import { publicId } from "./public-id";

/** A delivery as lists show it; bigint columns are returned as strings. */
export type DeliveryRow = {
  readonly id: string;
  readonly webhook_id: string;
  readonly type: string;
  readonly status: "pending" | "delivered" | "failed";
  readonly attempts: number;
  readonly next_attempt_ms: string | null;
  readonly created_at_ms: string;
  readonly log: DeliveryAttempt[];
  readonly body?: string;
};

/** Select list for `webhook_deliveries`. */
export function deliveryColumns(pool: Pool) {
  return pool`id, webhook_id, type, status, attempts, next_attempt_ms, created_at_ms, log`;
}

export function shownDelivery(row: DeliveryRow): Delivery {
  const last = row.log.at(-1);
  return {
    id: publicId("delivery", row.id),
    webhook_id: publicId("webhook", row.webhook_id),
    type: row.type,
    status: row.status,
    status_code: last?.status_code ?? null,
    error: row.status === "delivered" ? null : (last?.error ?? null),
    attempts: row.attempts,
    next_attempt_at: row.status === "pending" ? isoOrNull(row.next_attempt_ms) : null,
    created_at: iso(row.created_at_ms),
    log: row.log,
    ...(row.body === undefined ? {} : { body: row.body }),
  };
}
