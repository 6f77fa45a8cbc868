import type { PendingQuery, Row, TransactionSql } from "postgres";
import { takenInOrder } from "../taken-in-order";

/** Fails the pending deliveries that meet a condition. */
export async function giveUpDeliveries(tx: TransactionSql, condition: PendingQuery<Row[]>): Promise<void> {
  await tx`
    with mine as (${takenInOrder(tx, "webhook_deliveries", tx`${condition} and status = 'pending'`)})
    update webhook_deliveries d set status = 'failed', next_attempt_ms = null from mine where d.project_id = mine.project_id and d.id = mine.id`;
}

/** Deletes every delivery of a webhook whose row this transaction has locked or deleted. */
export async function forgetDeliveries(tx: TransactionSql, projectId: string, webhookId: string): Promise<void> {
  await tx`
    with mine as (${takenInOrder(tx, "webhook_deliveries", tx`project_id = ${projectId} and webhook_id = ${webhookId}`)})
    delete from webhook_deliveries d using mine where d.project_id = mine.project_id and d.id = mine.id`;
}
