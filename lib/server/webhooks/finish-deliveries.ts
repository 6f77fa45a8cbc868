import type { TransactionSql } from "postgres";
import type { Pool } from "@/db/client";
import type { AfterAttempt } from "@/lib/core/webhooks/schedule";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { isOneOf, takenInOrder } from "../taken-in-order";
import type { ClaimedDelivery } from "./attempt-delivery";
import { giveUpDeliveries } from "./end-deliveries";

/** A delivery after an attempt, with its next state. */
export type FinishedDelivery = {
  readonly delivery: ClaimedDelivery;
  readonly attempt: DeliveryAttempt;
  readonly after: AfterAttempt;
  readonly finishedAtMs: number;
  readonly lockedBy: string;
};

const keptAttempts = 20;

/**
 * Records the outcome of these attempts. One whose lock has passed to another worker is left to that worker. Returns the ids that
 * were written.
 */
export async function finishDeliveries(pool: Pool, finished: readonly FinishedDelivery[]): Promise<Set<string>> {
  const gone = finished.filter(({ after }) => after.status === "failed" && after.disable).map(({ delivery }) => delivery);
  const rows = await pool.begin(async (tx) => {
    await take(tx, finished, gone);
    const written = await tx`
      update webhook_deliveries d set status = t.u, attempts = d.attempts + 1, step = t.s, next_attempt_ms = t.n, locked_by = null,
        locked_until_ms = null, finished_at_ms = t.f, log = t.l, reported = t.r
      from json_to_recordset(${JSON.stringify(finished.map(recordOf))}::text::json)
        as t(p uuid, i uuid, b uuid, u text, s int, n bigint, f bigint, l json, r boolean)
      where d.project_id = t.p and d.id = t.i and d.locked_by = t.b and d.status = 'pending'
      returning d.id`;
    const ids = new Set(written.map((row) => row.id as string));
    await noteCalls(
      tx,
      finished.filter(({ delivery }) => delivery.subject !== null && ids.has(delivery.id)),
    );
    for (const { projectId, webhookId } of gone) {
      await tx`
        update webhooks set status = 'disabled', disabled_reason = 'The receiver answered 410 Gone.'
        where project_id = ${projectId} and id = ${webhookId} and status = 'active'`;
      await giveUpDeliveries(tx, toReceiver(tx, { projectId, webhookId }));
    }
    return written;
  });
  return new Set(rows.map((row) => row.id as string));
}

/** Locks all rows that are written next: receivers that are gone, and deliveries. */
async function take(tx: TransactionSql, finished: readonly FinishedDelivery[], gone: readonly ClaimedDelivery[]): Promise<void> {
  if (gone.length > 0) {
    const receivers = gone.map(({ projectId, webhookId }) => ({ projectId, id: webhookId }));
    await takenInOrder(tx, "webhooks", isOneOf(tx, receivers));
  }
  const ours = isOneOf(
    tx,
    finished.map(({ delivery }) => delivery),
  );
  await takenInOrder(
    tx,
    "webhook_deliveries",
    gone.reduce((either, one) => tx`${either} or (${toReceiver(tx, one)} and status = 'pending')`, ours),
  );
}

/** What is pending for a receiver and not claimed by a worker. */
function toReceiver(tx: TransactionSql, { projectId, webhookId }: Pick<ClaimedDelivery, "projectId" | "webhookId">) {
  return tx`project_id = ${projectId} and webhook_id = ${webhookId} and locked_by is null`;
}

const untold: ReadonlySet<ClaimedDelivery["family"]> = new Set(["test", "alert", "source"]);

/**
 * Whether the outcome is reported as an event: not for tests, alerts and calls of a source, nor for messages that report a
 * delivery.
 */
export function isReported({ family, type }: Pick<ClaimedDelivery, "family" | "type">): boolean {
  return !untold.has(family) && !type.startsWith("webhook.");
}

function recordOf({ delivery, attempt, after, finishedAtMs, lockedBy }: FinishedDelivery) {
  const pending = after.status === "pending";
  return {
    p: delivery.projectId,
    i: delivery.id,
    b: lockedBy,
    u: after.status,
    s: pending ? after.step : delivery.step,
    n: pending ? after.nextAttemptMs : null,
    f: finishedAtMs,
    l: [...delivery.log, attempt].slice(-keptAttempts),
    r: !isReported(delivery),
  };
}

/**
 * The legs of a receipt: sent with the first attempt, delivered when it was accepted. When a source's own endpoint accepts it, it
 * is acknowledged too; a webhook's receiver need not be the agent.
 */
async function noteCalls(tx: TransactionSql, calls: readonly FinishedDelivery[]): Promise<void> {
  if (calls.length === 0) return;
  const records = calls.map(({ delivery, after, finishedAtMs }) => ({
    p: delivery.projectId,
    i: delivery.subject,
    t: finishedAtMs,
    v: delivery.family === "source" ? "source" : "webhook",
    ok: after.status === "delivered",
    ack: after.status === "delivered" && delivery.family === "source",
  }));
  const subjects = calls.map(({ delivery }) => ({ projectId: delivery.projectId, id: delivery.subject as string }));
  await takenInOrder(tx, "approvals", isOneOf(tx, subjects));
  await takenInOrder(tx, "control_requests", isOneOf(tx, subjects));
  const told = tx`json_to_recordset(${JSON.stringify(records)}::text::json) as t(p uuid, i uuid, t bigint, v text, ok boolean, ack boolean)`;
  await tx`
    update approvals a set sent_at_ms = coalesce(a.sent_at_ms, t.t), sent_via = coalesce(a.sent_via, t.v),
      delivered_via = case when t.ok and a.delivered_at_ms is null then t.v else a.delivered_via end,
      delivered_at_ms = case when t.ok then coalesce(a.delivered_at_ms, t.t) else a.delivered_at_ms end,
      acknowledged_at_ms = case when t.ack then coalesce(a.acknowledged_at_ms, t.t) else a.acknowledged_at_ms end
    from ${told} where a.project_id = t.p and a.id = t.i`;
  await tx`
    update control_requests c set sent_at_ms = coalesce(c.sent_at_ms, t.t), sent_via = coalesce(c.sent_via, t.v),
      acknowledged_at_ms = case when t.ack then coalesce(c.acknowledged_at_ms, t.t) else c.acknowledged_at_ms end,
      acknowledged_via = case when t.ack then coalesce(c.acknowledged_via, t.v) else c.acknowledged_via end
    from ${told} where c.project_id = t.p and c.id = t.i`;
}
