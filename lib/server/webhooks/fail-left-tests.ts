import type { Pool } from "@/db/client";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";

const attempt: Omit<DeliveryAttempt, "at"> = {
  status_code: null,
  error: "The server stopped while sending this; it is unknown whether it arrived.",
  duration_ms: 0,
  reply: null,
};

/**
 * Ends the tests that nobody sends any more: the server was killed, or the database was gone, before the outcome was written. Nobody sends them
 * again, as who asked for one has had no answer and asks anew. Gives how many there were.
 */
export async function failLeftTests(pool: Pool, nowMs: number): Promise<number> {
  const { count } = await pool`
    with mine as (
      select project_id, id from webhook_deliveries where status = 'pending' and family = 'test' and locked_until_ms <= ${nowMs} for update skip locked
    )
    update webhook_deliveries d set status = 'failed', attempts = d.attempts + 1, locked_by = null, locked_until_ms = null, finished_at_ms = ${nowMs},
      log = json_build_array(${JSON.stringify({ at: new Date(nowMs).toISOString(), ...attempt })}::text::json)
    from mine where d.project_id = mine.project_id and d.id = mine.id`;
  return count;
}
