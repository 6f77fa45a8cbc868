import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import type { Services } from "../services";
import { reportDeliveries } from "./report-deliveries";

const waitMs = 5_000;
const stepRows = 500;

type Row = {
  readonly project_id: string;
  readonly id: string;
  readonly webhook_id: string;
  readonly url: string;
  readonly source_name: string;
  readonly status: string;
  readonly attempts: number;
  readonly next_attempt_ms: string | null;
  readonly finished_at_ms: string;
  readonly log: DeliveryAttempt[];
};

/** Tells the log of attempts whose process died between the outcome and its event; true when there is more. */
export async function reportMissed(context: Pick<Services, "pool" | "appender" | "sources" | "now">): Promise<boolean> {
  const nowMs = context.now();
  // What ended ahead of the clock ended before it was set back.
  const rows = await context.pool<Row[]>`
    select d.project_id, d.id, d.webhook_id, w.url, d.source_name, d.status, d.attempts, d.next_attempt_ms, d.finished_at_ms, d.log
    from webhook_deliveries d join webhooks w on w.project_id = d.project_id and w.id = d.webhook_id
    where not d.reported and (d.finished_at_ms <= ${nowMs - waitMs} or d.finished_at_ms > ${nowMs}) order by d.finished_at_ms limit ${stepRows}`;
  await reportDeliveries(
    context,
    rows.map((row) => ({
      projectId: row.project_id,
      id: row.id,
      webhookId: row.webhook_id,
      url: row.url,
      sourceName: row.source_name,
      attempts: row.attempts,
      nextAttemptMs: row.next_attempt_ms === null ? null : Number(row.next_attempt_ms),
      last: row.log.at(-1) as DeliveryAttempt,
      delivered: row.status === "delivered",
      finishedAtMs: Number(row.finished_at_ms),
    })),
  );
  return rows.length === stepRows;
}
