import type { TransactionSql } from "postgres";
import { requestTypes } from "@/lib/core/control/control";
import type { Dialect } from "@/lib/core/dialect";
import { carriedTypes } from "@/lib/core/webhooks/carried-types";
import type { CachedRun } from "../events/append/run-cache";
import { catchUp } from "../events/catch-up";
import { decodeStored, type EventRow } from "../events/decode-stored";
import { listedChars, type RunAnswer, runAnswers } from "../runs/run-answers";
import { type RunRow, runFromRow } from "../runs/run-row";
import type { Services } from "../services";
import { uuidv7 } from "../uuid";
import { isTold, type Message, messagesOf, tellsAnswer } from "./messages-of";
import { publicId } from "./public-id";

/** Events and commits that one transaction turns into deliveries. */
const stepEvents = 2_000;
const stepCommits = 500;
/** And bytes of their texts as stored in the database; decompressed, they may be many times as long. */
const stepBytes = 2 * 1024 * 1024;

type Context = Pick<Services, "pool" | "now" | "publicUrl">;
type Told = { readonly id: string; readonly publicId: string; readonly events: readonly string[]; readonly fromFeedSeq: number };
type Commit = { readonly n: number; readonly run: string; readonly a: number; readonly b: number };
type NewDelivery = { readonly webhookId: string; readonly message: Message; readonly runId: string; readonly sourceName: string };

/**
 * Creates deliveries for new feed entries and advances the cursor, both in one transaction. Only one worker does this for a project
 * at a time; another finds the cursor locked and leaves.
 */
export function deliverFeed(context: Context, projectId: string): Promise<{ made: number; more: boolean }> {
  return context.pool.begin(async (tx) => {
    const [cursor] = await tx`select feed_seq from webhook_cursors where project_id = ${projectId} for update skip locked`;
    if (!cursor) return { made: 0, more: false };
    const told = await activeOf(tx, projectId);
    if (told.length === 0) {
      await tx`delete from webhook_cursors where project_id = ${projectId}`;
      return { made: 0, more: false };
    }
    const after = Math.max(Number(cursor.feed_seq), Math.min(...told.map((webhook) => webhook.fromFeedSeq)));
    const { commits, upTo, more } = await nextCommits(tx, projectId, after);
    const deliveries = await deliveriesOf(tx, { context, projectId, commits, told });
    if (deliveries.length > 0) await insert(tx, { projectId, deliveries, nowMs: context.now() });
    await tx`update webhook_cursors set feed_seq = ${upTo} where project_id = ${projectId}`;
    return { made: deliveries.length, more };
  });
}

async function activeOf(tx: TransactionSql, projectId: string): Promise<Told[]> {
  // Locked until the deliveries are inserted: a concurrent delete or disable waits, and then covers them.
  const rows = await tx`
    select id, events, from_feed_seq from webhooks where project_id = ${projectId} and kind = 'events' and status = 'active'
    order by id for share`;
  return rows.map((row) => ({
    id: row.id,
    publicId: publicId("webhook", row.id),
    events: row.events,
    fromFeedSeq: Number(row.from_feed_seq),
  }));
}

async function nextCommits(
  tx: TransactionSql,
  projectId: string,
  after: number,
): Promise<{ commits: Commit[]; upTo: number; more: boolean }> {
  // The head is read first: every row up to it is then visible, so a gap means retention, not a commit in progress.
  const [head] = await tx`select seq from feed_heads where project_id = ${projectId}`;
  const rows = await tx`
    select f.feed_seq, f.run_id, f.first_seq, f.last_seq, (
      select sum(pg_column_size(e.raw)) from events e
      where e.project_id = f.project_id and e.run_id = f.run_id and e.seq between f.first_seq and f.last_seq
    ) as bytes
    from feed f where f.project_id = ${projectId} and f.feed_seq > ${after}
    order by f.feed_seq limit ${stepCommits}`;
  const commits: Commit[] = [];
  let events = 0;
  let bytes = 0;
  for (const row of rows) {
    const commit: Commit = { n: Number(row.feed_seq), run: row.run_id, a: Number(row.first_seq), b: Number(row.last_seq) };
    const size = commit.b - commit.a + 1;
    bytes += Number(row.bytes ?? 0);
    if (commits.length > 0 && (events + size > stepEvents || bytes > stepBytes))
      return { commits, upTo: commits.at(-1)?.n ?? after, more: true };
    commits.push(commit);
    events += size;
  }
  if (rows.length === stepCommits) return { commits, upTo: commits.at(-1)?.n ?? after, more: true };
  return { commits, upTo: Math.max(after, Number(head?.seq ?? 0), commits.at(-1)?.n ?? 0), more: false };
}

type Step = { readonly context: Context; readonly projectId: string; readonly commits: readonly Commit[]; readonly told: readonly Told[] };

async function deliveriesOf(tx: TransactionSql, { context, projectId, commits, told }: Step): Promise<NewDelivery[]> {
  if (commits.length === 0) return [];
  const rows = await tx<(EventRow & { n: string; run_id: string; dialect: Dialect })[]>`
    select c.n, e.run_id, r.dialect, e.seq, e.received_at_ms, e.source_type, e.frame_name, e.source_event_id, e.estimated_nanos, e.flags, e.raw::text as raw
    from json_to_recordset(${JSON.stringify(commits)}::text::json) as c(n bigint, run uuid, a bigint, b bigint)
    join runs r on r.project_id = ${projectId} and r.id = c.run
    join events e on e.project_id = ${projectId} and e.run_id = c.run and e.seq between c.a and c.b
    where r.dialect = 'resonant' or e.type = any(${[...carriedTypes, ...requestTypes] as string[]})
    order by c.n, e.seq`;
  const runs = await runsOf(tx, projectId, new Set(rows.map((row) => row.run_id)));
  const publicUrl = context.publicUrl();
  const happened = rows.flatMap((row) => {
    const run = runs.get(row.run_id);
    return run ? [{ row, run, stored: { event: decodeStored(row.dialect, row), rawText: row.raw } }] : [];
  });
  const ended = happened.filter(({ stored, run }) => tellsAnswer(stored.event, run)).map(({ run }) => run);
  const answers = ended.length === 0 ? new Map<string, RunAnswer>() : await runAnswers(tx, [...new Set(ended)], listedChars);
  return happened.flatMap(({ row, run, stored }) => {
    const sourceName = row.dialect === "resonant" ? run.source.name : "watchfloor";
    return messagesOf(stored, { run, answer: answers.get(run.id) }, publicUrl).flatMap((message) =>
      told
        .filter((webhook) => Number(row.n) > webhook.fromFeedSeq && isTold(webhook, message))
        .map((webhook) => ({ webhookId: webhook.id, message, runId: run.id, sourceName })),
    );
  });
}

async function runsOf(tx: TransactionSql, projectId: string, ids: ReadonlySet<string>): Promise<Map<string, CachedRun>> {
  if (ids.size === 0) return new Map();
  const rows = await tx<RunRow[]>`
    select r.project_id, r.id, r.external_id, r.dialect, r.kind, r.source_id, s.name as source_name,
      (extract(epoch from r.created_at) * 1000)::bigint as created_ms, r.last_seq as run_last_seq, r.state::text as state
    from runs r join sources s on s.project_id = r.project_id and s.id = r.source_id
    where r.project_id = ${projectId} and r.id = any(${[...ids]}::uuid[])`;
  return new Map((await catchUp(tx, rows.map(runFromRow))).map((run) => [run.id, run]));
}

async function insert(
  tx: TransactionSql,
  { projectId, deliveries, nowMs }: { projectId: string; deliveries: readonly NewDelivery[]; nowMs: number },
) {
  // Ids of one instant are random after their timestamp: sorting them puts the deliveries in feed order, in which they are sent and
  // listed.
  const ids = deliveries.map(() => uuidv7(nowMs)).sort();
  const records = deliveries.map(({ webhookId, message, runId, sourceName }, index) => ({
    i: ids[index],
    w: webhookId,
    k: message.key,
    t: message.type,
    f: message.family,
    s: sourceName,
    b: message.body,
    r: runId,
    q: message.decidedSeq,
  }));
  await tx`
    insert into webhook_deliveries (project_id, id, webhook_id, message_key, type, family, source_name, body, created_at_ms, status, next_attempt_ms, subject)
    select ${projectId}, t.i, t.w, t.k, t.t, t.f, t.s, t.b, ${nowMs}, 'pending', ${nowMs},
      case when t.q is null then null else (
        select a.id from approvals a where a.project_id = ${projectId} and a.run_id = t.r and a.recorded_seq = t.q limit 1
      ) end
    from json_to_recordset(${JSON.stringify(records)}::text::json)
      as t(i uuid, w uuid, k text, t text, f text, s text, b text, r uuid, q bigint)
    on conflict do nothing`;
}
