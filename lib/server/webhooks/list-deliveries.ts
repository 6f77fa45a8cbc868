import type { Delivery, DeliveryList } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { type DeliveryRow, deliveryColumns, shownDelivery } from "./delivery-row";
import { noSuch, uuidOf } from "./public-id";

type Page = { readonly limit: number; readonly offset: number; readonly status?: Delivery["status"] };

/** A webhook's deliveries, newest first. Throws not_found. */
export async function listDeliveries(projectId: string, publicWebhookId: string, page: Page): Promise<DeliveryList> {
  const { pool } = services();
  const id = uuidOf("webhook", publicWebhookId);
  const matching = pool`project_id = ${projectId} and webhook_id = ${id} ${page.status ? pool`and status = ${page.status}` : pool``}`;
  const [[known], rows, [count]] = await Promise.all([
    pool`select id from webhooks where project_id = ${projectId} and id = ${id}`,
    pool<DeliveryRow[]>`
      select ${deliveryColumns(pool)} from webhook_deliveries where ${matching}
      order by id desc nulls last limit ${page.limit} offset ${page.offset}`,
    pool`select count(*)::int as n from webhook_deliveries where ${matching}`,
  ]);
  if (!known) throw noSuch("webhook");
  const total = (count?.n ?? 0) as number;
  const { limit, offset } = page;
  return { data: rows.map(shownDelivery), pagination: { total, limit, offset, has_more: offset + rows.length < total } };
}

/** One delivery with the body that it sends. Throws not_found. */
export async function findDelivery(projectId: string, publicDeliveryId: string): Promise<Delivery> {
  const { pool } = services();
  const id = uuidOf("delivery", publicDeliveryId);
  const [row] = await pool<DeliveryRow[]>`
    select ${deliveryColumns(pool)}, body from webhook_deliveries where project_id = ${projectId} and id = ${id}`;
  if (!row) throw noSuch("delivery");
  return shownDelivery(row);
}
