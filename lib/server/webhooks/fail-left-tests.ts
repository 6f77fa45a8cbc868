import type { Pool } from "@/db/client";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";

const attempt: Omit<DeliveryAttempt, "at"> = {
  status_code: null,
  error: "The server stopped while sending this; it is unknown whether it arrived.",
  duration_ms: 0,
  reply: null,
};

/**
 * Fails tests that nobody is sending: the server was killed, or the database was unavailable, before the outcome was written. They
 * are not resent, because whoever requested one got no answer and will try again. Returns how many there were.
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
