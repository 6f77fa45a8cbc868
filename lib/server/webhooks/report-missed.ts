import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import type { Services } from "../services";
import { type Report, reportDeliveries } from "./report-deliveries";

const waitMs = 5_000;
const stepRows = 500;
/** All attempts of one schedule are closer together; a later resend by a person is reported on its own. */
const lookBackMs = 86_400_000;

type Row = {
  readonly project_id: string;
  readonly id: string;
  readonly webhook_id: string;
  readonly url: string;
  readonly source_name: string;
  readonly attempts: number;
  readonly next_attempt_ms: string | null;
  readonly finished_at_ms: string;
  readonly log: DeliveryAttempt[];
};

/** Reports attempts whose process died between the outcome and its event; true if there are more. */
export async function reportMissed(context: Pick<Services, "pool" | "appender" | "sources" | "now">): Promise<boolean> {
  const nowMs = context.now();
  // Attempts that ended in the future ended before the clock was set back.
  const rows = await context.pool<Row[]>`
    select d.project_id, d.id, d.webhook_id, w.url, d.source_name, d.attempts, d.next_attempt_ms, d.finished_at_ms, d.log
    from webhook_deliveries d join webhooks w on w.project_id = d.project_id and w.id = d.webhook_id
    where not d.reported and (d.finished_at_ms <= ${nowMs - waitMs} or d.finished_at_ms > ${nowMs}) order by d.finished_at_ms limit ${stepRows}`;
  await reportDeliveries(context, rows.flatMap(reportsOf));
  return rows.length === stepRows;
}

/**
 * The row says that its last attempt was not reported. Earlier ones may not have been either: the server that made them was down
 * when the next was due. Repeated reports are deduplicated by the attempt's number.
 */
function reportsOf(row: Row): Report[] {
  const finishedAtMs = Number(row.finished_at_ms);
  const reports = row.log.map((last, index): Report => {
    const next = row.log[index + 1];
    const nextAttemptMs = next === undefined ? row.next_attempt_ms : Date.parse(next.at);
    return {
      projectId: row.project_id,
      id: row.id,
      webhookId: row.webhook_id,
      url: row.url,
      sourceName: row.source_name,
      attempts: row.attempts - row.log.length + index + 1,
      nextAttemptMs: nextAttemptMs === null ? null : Number(nextAttemptMs),
      last,
      delivered: last.error === null,
      finishedAtMs: next === undefined ? finishedAtMs : Date.parse(last.at) + last.duration_ms,
    };
  });
  return reports.filter((report) => report.finishedAtMs >= finishedAtMs - lookBackMs);
}
