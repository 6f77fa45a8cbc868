import type { Webhook } from "@/lib/core/webhooks/webhook";
import { services } from "../services";
import { shownWebhook, webhookRows } from "./webhook-row";

type Page = { readonly limit: number; readonly offset: number };

/** The project's webhooks, newest first, each with the state of its newest delivery. */
export async function listWebhooks(
  projectId: string,
  page: Page,
): Promise<{ data: Webhook[]; pagination: Page & { total: number; has_more: boolean } }> {
  const { pool } = services();
  const [rows, [count]] = await Promise.all([
    webhookRows(pool, projectId, page),
    pool`select count(*)::int as n from webhooks where project_id = ${projectId} and kind = 'events'`,
  ]);
  const total = (count?.n ?? 0) as number;
  return { data: rows.map(shownWebhook), pagination: { total, ...page, has_more: page.offset + rows.length < total } };
}
