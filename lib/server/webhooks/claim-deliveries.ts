import type { Pool } from "@/db/client";
import type { Dialect } from "@/lib/core/dialect";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { isOneOf, type RowKey, takenInOrder } from "../taken-in-order";
import type { ClaimedDelivery } from "./attempt-delivery";

export type Room = {
  readonly projectId: string;
  readonly webhookId: string;
  /**
   * How many deliveries to take and, if their total size is bounded, how many characters: the one that exceeds the bound is the
   * last.
   */
  readonly room: number;
  readonly chars?: number;
};

type Claim = {
  readonly rooms: readonly Room[];
  readonly lockedBy: string;
  readonly nowMs: number;
  readonly lockMs: number;
  /** Ids of the deliveries this worker is sending: their locks expire while it cannot reach the database to renew them. */
  readonly held?: ReadonlyMap<string, unknown>;
};

type Hold = { readonly deliveries: readonly RowKey[]; readonly lockedBy: string; readonly untilMs: number };

type Row = {
  readonly status: "pending" | "failed";
  readonly project_id: string;
  readonly id: string;
  readonly webhook_id: string;
  readonly type: string;
  readonly family: ClaimedDelivery["family"];
  readonly source_name: string;
  readonly body: string;
  readonly attempts: number;
  readonly step: number;
  readonly log: DeliveryAttempt[];
  readonly kind: ClaimedDelivery["kind"];
  readonly url: string;
  readonly secret: string | null;
  readonly dialect: Dialect | null;
  readonly path: string | null;
  readonly subject: string | null;
  readonly previous_secret: string | null;
  readonly previous_until_ms: string | null;
};

const nothing: ReadonlyMap<string, unknown> = new Map();

/** Enabled webhooks, and sources whose endpoints may be called, in every project. */
export async function activeReceivers(pool: Pool): Promise<{ projectId: string; webhookId: string }[]> {
  const rows = await pool`
    select project_id, id from webhooks where status = 'active'
    union all select project_id, id from sources where address is not null`;
  return rows.map((row) => ({ projectId: row.project_id as string, webhookId: row.id as string }));
}

/**
 * Claims due deliveries for these webhooks, each webhook its own share, so that one webhook's backlog does not delay others. Skips
 * what another worker holds and what this one is already sending. A control request that no longer applies (replaced, done, or the
 * run is over) is not sent: it would arrive after a newer request.
 */
export async function claimDeliveries(pool: Pool, { rooms, lockedBy, nowMs, lockMs, held = nothing }: Claim): Promise<ClaimedDelivery[]> {
  const wanted = JSON.stringify(rooms.map(({ projectId, webhookId, room, chars }) => ({ p: projectId, w: webhookId, n: room, c: chars })));
  const rows = await pool<Row[]>`
    with found as (
      select d.project_id, d.id, t.w as receiver, t.c as most,
        sum(d.length) over (partition by t.w order by d.next_attempt_ms, d.id rows between unbounded preceding and 1 preceding) as before
      from json_to_recordset(${wanted}::text::json) as t(p uuid, w uuid, n int, c int)
      cross join lateral (
        -- The length is known without reading the text.
        select project_id, id, next_attempt_ms, octet_length(body) as length from webhook_deliveries
        where project_id = t.p and webhook_id = t.w and status = 'pending' and next_attempt_ms <= ${nowMs}
          and (locked_until_ms is null or locked_until_ms <= ${nowMs}) and id <> all(${[...held.keys()]}::uuid[])
        order by next_attempt_ms, id limit t.n for update skip locked
      ) d
    ),
    due as (select project_id, id, receiver from found where most is null or coalesce(before, 0) < most)
    update webhook_deliveries d set status = case when c.outcome <> 'open' then 'failed' else d.status end,
      next_attempt_ms = case when c.outcome <> 'open' then null else d.next_attempt_ms end,
      locked_by = case when c.outcome <> 'open' then null else ${lockedBy}::uuid end,
      locked_until_ms = case when c.outcome <> 'open' then null else ${nowMs + lockMs}::bigint end
    from due
    left join webhooks w on w.project_id = due.project_id and w.id = due.receiver
    left join sources s on s.project_id = due.project_id and s.id = due.receiver
    left join lateral (
      select c.outcome from webhook_deliveries one join control_requests c on c.project_id = one.project_id and c.id = one.subject
      where one.project_id = due.project_id and one.id = due.id and one.family = 'source'
    ) c on true
    where d.project_id = due.project_id and d.id = due.id and coalesce(w.url, s.address) is not null
    returning d.status, d.project_id, d.id, d.webhook_id, d.type, d.family, d.source_name, d.body, d.attempts, d.step, d.log,
      coalesce(w.kind, 'source') as kind, coalesce(w.url, s.address) as url, coalesce(w.secret, s.token) as secret, s.dialect, d.path, d.subject,
      w.previous_secret, w.previous_until_ms`;
  return rows
    .filter(({ status }) => status === "pending")
    .map(claimed)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Renews the locks; `untilMs` = 0 releases them. Returns the ids of the deliveries that the holder should still send. */
export async function holdDeliveries(pool: Pool, { deliveries, lockedBy, untilMs }: Hold): Promise<Set<string>> {
  if (deliveries.length === 0) return new Set();
  const rows = await pool`
    with mine as (${takenInOrder(pool, "webhook_deliveries", pool`${isOneOf(pool, deliveries)} and locked_by = ${lockedBy} and status = 'pending'`)})
    update webhook_deliveries d set locked_until_ms = ${untilMs === 0 ? null : untilMs}
    from mine where d.project_id = mine.project_id and d.id = mine.id returning d.id`;
  return new Set(rows.map((row) => row.id as string));
}

function claimed(row: Row): ClaimedDelivery {
  return {
    projectId: row.project_id,
    id: row.id,
    webhookId: row.webhook_id,
    type: row.type,
    family: row.family,
    sourceName: row.source_name,
    body: row.body,
    attempts: row.attempts,
    step: row.step,
    log: row.log,
    kind: row.kind,
    url: row.url,
    secret: row.secret,
    dialect: row.dialect,
    path: row.path,
    subject: row.subject,
    previousSecret: row.previous_secret,
    previousUntilMs: row.previous_until_ms === null ? null : Number(row.previous_until_ms),
  };
}
