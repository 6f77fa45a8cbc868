import type { Delivery } from "@/lib/core/webhooks/webhook";
import { DomainError } from "../errors";
import { services } from "../services";
import { findDelivery } from "./list-deliveries";
import { noSuch, uuidOf } from "./public-id";

/**
 * Sends a delivery again at once, under its own id, with the retry schedule restarted. Throws not_found, and conflict if it cannot
 * be sent.
 */
export async function redeliver(projectId: string, publicDeliveryId: string): Promise<Delivery> {
  const { pool, now } = services();
  const id = uuidOf("delivery", publicDeliveryId);
  const [found] = await pool`
    select w.status, d.family from webhook_deliveries d join webhooks w on w.project_id = d.project_id and w.id = d.webhook_id
    where d.project_id = ${projectId} and d.id = ${id}`;
  if (!found) throw noSuch("delivery");
  if (found.status === "disabled")
    throw new DomainError("conflict", "This webhook is disabled.", { hint: "Enable it first, then send the delivery again." });
  if (found.family === "test") throw new DomainError("conflict", "A test cannot be sent again.", { hint: "Send a new test." });
  // One that is being sent right now keeps its lock and is sent anyway.
  await pool`
    update webhook_deliveries set status = 'pending', step = 0, next_attempt_ms = ${now()}
    where project_id = ${projectId} and id = ${id} and (locked_until_ms is null or locked_until_ms <= ${now()})`;
  return findDelivery(projectId, publicDeliveryId);
}
