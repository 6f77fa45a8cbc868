import type { Services } from "../services";

const keptMs = 30 * 86_400_000;
const stepRows = 5_000;

/** Deletes deliveries that were created a month ago and have finished, a few rows at a time; true if there are more. */
export async function forgetOldDeliveries({ pool, now }: Pick<Services, "pool" | "now">): Promise<boolean> {
  const removed = await pool`
    delete from webhook_deliveries d using (
      select project_id, id from webhook_deliveries where created_at_ms < ${now() - keptMs} and status <> 'pending'
      limit ${stepRows} for update skip locked
    ) old where d.project_id = old.project_id and d.id = old.id`;
  return removed.count === stepRows;
}
