import { ne } from "drizzle-orm";
import { webhooks } from "@/db/schema";
import type { AlertChannel, AlertChannelList, MadeAlertChannel, NewAlertChannel } from "@/lib/core/alerts/channel";
import type { ChannelKind } from "@/lib/core/alerts/words";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { DomainError } from "../errors";
import { holdLimit } from "../hold-limit";
import { iso } from "../iso";
import { acceptedTarget } from "../outbound/accepted-target";
import { notConfigured } from "../outbound/mailer";
import { services } from "../services";
import { uuidv7 } from "../uuid";
import { forgetDeliveries } from "../webhooks/end-deliveries";
import { publicId, uuidOf } from "../webhooks/public-id";
import { newWebhookSecret, sealedFor } from "../webhooks/webhook-secret";
import { inTurn } from "./turn";

export const mostChannels = 50;

/**
 * Creates a channel: a webhook that receives alerts and nothing else. Throws invalid_request for an address that must not be reached,
 * conflict beyond 50 channels or when the server cannot send e-mail.
 */
export async function createChannel(projectId: string, wanted: NewAlertChannel): Promise<MadeAlertChannel> {
  const { pool, now } = services();
  const id = uuidv7(now());
  const { address, secret, shown } = await placeOf(wanted);
  const limit = { projectId, table: webhooks, which: ne(webhooks.kind, "events"), most: mostChannels };
  await pool.begin(async (tx) => {
    await holdLimit(tx, { ...limit, things: "channels", hint: "Delete one that is no longer needed." });
    await tx`
      insert into webhooks (project_id, id, kind, url, events, description, secret, status, from_feed_seq, created_at_ms)
      values (${projectId}, ${id}, ${wanted.kind}, ${address}, '{}', ${wanted.name}, ${sealedFor(id, secret)}, 'active', 0, ${now()})`;
  });
  const [made] = await channelRows(projectId, id);
  return { ...(made as AlertChannel), secret: shown };
}

/** Deletes a channel and its deliveries, and removes it from all rules. Throws not_found. */
export async function deleteChannel(projectId: string, channelId: string): Promise<void> {
  const id = uuidOf("webhook", channelId);
  await inTurn(projectId, async (tx) => {
    const gone = await tx`delete from webhooks where project_id = ${projectId} and id = ${id} and kind <> 'events' returning id`;
    if (gone.length === 0) throw unknownChannel();
    await forgetDeliveries(tx, projectId, id);
    await tx`update alert_rules set channels = array_remove(channels, ${id}::uuid) where project_id = ${projectId} and ${id} = any(channels)`;
  });
}

/** The project's channels in creation order. */
export async function listChannels(projectId: string): Promise<AlertChannelList> {
  return { channels: await channelRows(projectId, null), email: services().mailer.configured };
}

/** Throws not_found. */
export async function findChannel(projectId: string, channelId: string): Promise<AlertChannel> {
  const [found] = await channelRows(projectId, uuidOf("webhook", channelId));
  if (!found) throw unknownChannel();
  return found;
}

function unknownChannel(): DomainError {
  return new DomainError("not_found", "There is no alert channel with this id.");
}

type Place = { readonly address: string; readonly secret: string; readonly shown: string | null };

async function placeOf(wanted: NewAlertChannel): Promise<Place> {
  switch (wanted.kind) {
    case "webhook": {
      const secret = wanted.secret ?? newWebhookSecret();
      return { address: await acceptedTarget(wanted.url, "url"), secret, shown: secret };
    }
    case "slack": {
      const url = await acceptedTarget(wanted.url, "url");
      // Anyone who has the address can post, so only its host is shown.
      return { address: new URL(url).origin, secret: url, shown: null };
    }
    case "email":
      if (!services().mailer.configured) throw new DomainError("conflict", notConfigured, { hint: "Set both and restart the server." });
      return { address: [...new Set(wanted.to)].join(", "), secret: "", shown: null };
  }
}

type Row = {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly url: string;
  readonly description: string | null;
  readonly status: AlertChannel["status"];
  readonly disabled_reason: string | null;
  readonly created_at_ms: string;
  readonly pending: number;
  readonly last_type: string | null;
  readonly last_status: "pending" | "delivered" | "failed" | null;
  readonly last_log: DeliveryAttempt[] | null;
};

async function channelRows(projectId: string, id: string | null): Promise<AlertChannel[]> {
  const rows = await services().pool<Row[]>`
    select w.id, w.kind, w.url, w.description, w.status, w.disabled_reason, w.created_at_ms,
      (select count(*)::int from webhook_deliveries p where p.project_id = w.project_id and p.webhook_id = w.id and p.status = 'pending') as pending,
      d.type as last_type, d.status as last_status, d.log as last_log
    from webhooks w left join lateral (
      select type, status, log from webhook_deliveries where project_id = w.project_id and webhook_id = w.id and attempts > 0
      order by id desc nulls last limit 1
    ) d on true
    where w.project_id = ${projectId} and w.kind <> 'events' and (${id}::uuid is null or w.id = ${id}) order by w.id`;
  return rows.map((row) => {
    const attempt = row.last_log?.at(-1);
    return {
      id: publicId("webhook", row.id),
      ...{ kind: row.kind, name: row.description ?? "", address: row.url, status: row.status, disabledReason: row.disabled_reason },
      createdAt: iso(row.created_at_ms),
      pending: row.pending,
      last: attempt && row.last_type && row.last_status ? { type: row.last_type, status: row.last_status, attempt } : null,
    };
  });
}
