import type { TransactionSql } from "postgres";
import type { Json } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import { finalDurationMs } from "@/lib/core/run/duration";
import { stallsAtMs } from "@/lib/core/run/stall";
import type { RowState } from "@/lib/core/run/state";
import { shownCost, shownTokens } from "@/lib/core/usage/totals";
import type { BucketDelta } from "./buckets";
import { runKey } from "./run-cache";

export type LockedRun = {
  readonly key: string;
  readonly projectId: string;
  readonly id: string;
  readonly externalId: string;
  readonly kind: "run" | "activity";
  readonly createdAtMs: number;
  readonly lastSeq: number;
  readonly pricing: number;
  readonly state: string | null;
};

export type FeedRow = { readonly feedSeq: number; readonly runId: string };

type RunRef = { readonly source: { readonly id: string; readonly dialect: string }; readonly externalId: string };

/**
 * The statements of the append transaction, by hand because this is the hot path. Rows travel as one JSON text each
 * statement (json_to_recordset): measured faster and cheaper than unnest. `::text::json` keeps the driver from
 * encoding the text a second time. Each is sent when it is called (`execute`), not when it is awaited: the order of the
 * calls is the order on the wire, which is what makes it a transaction.
 */
export function statements(sql: TransactionSql, projectId: string) {
  // The planner knows nothing of the JSON's rows and would scan all runs of the project: the lists lead it to the index.
  const among = (runs: readonly RunRef[]) =>
    sql`r.source_id = any(${[...new Set(runs.map((run) => run.source.id))]}::uuid[]) and r.external_id = any(${[...new Set(runs.map((run) => run.externalId))]}::text[])`;
  return {
    makeRuns: (runs: readonly (RunRef & { id: string; kind: string })[]) =>
      sql`
      insert into runs (project_id, id, source_id, dialect, external_id, kind)
      select ${projectId}, t.i, t.s, t.d, t.x, t.k
      from json_to_recordset(${text(runs.map((run) => ({ i: run.id, s: run.source.id, d: run.source.dialect, x: run.externalId, k: run.kind })))}::text::json)
        as t(i uuid, s uuid, d text, x text, k text)
      order by t.s, t.x
      on conflict do nothing`.execute(),

    lockRuns: (runs: readonly (RunRef & { lastSeq: number; pricing: number })[]): Promise<LockedRun[]> => {
      const query = sql`
        select r.id, r.source_id, r.external_id, r.kind, r.last_seq, r.pricing, (extract(epoch from r.created_at) * 1000)::bigint as created_ms,
          case when r.last_seq = t.q and r.pricing = t.p then null else r.state::text end as state
        from json_to_recordset(${text(runs.map((run) => ({ s: run.source.id, x: run.externalId, q: run.lastSeq, p: run.pricing })))}::text::json) as t(s uuid, x text, q bigint, p int)
        join runs r on r.project_id = ${projectId} and r.source_id = t.s and r.external_id = t.x and ${among(runs)}
        order by r.id
        for update of r`.execute();
      return query.then((rows) =>
        rows.map((row) => ({
          key: runKey(row.source_id, row.external_id),
          projectId,
          id: row.id,
          externalId: row.external_id,
          kind: row.kind,
          createdAtMs: Number(row.created_ms),
          lastSeq: Number(row.last_seq),
          pricing: row.pricing,
          state: row.state,
        })),
      );
    },

    findKnown: (events: readonly (RunRef & { dedupeKey: string })[]) => {
      const wanted = text(events.map((event) => ({ s: event.source.id, x: event.externalId, k: event.dedupeKey })));
      const query = sql`
        with wanted as materialized (
          select r.id, t.s, t.x, t.k from json_to_recordset(${wanted}::text::json) as t(s uuid, x text, k text)
          join runs r on r.project_id = ${projectId} and r.source_id = t.s and r.external_id = t.x and ${among(events)} and r.last_seq > 0
        )
        select w.s, w.x, e.dedupe_key, e.raw::text as raw from wanted w
        cross join lateral (
          select dedupe_key, raw from events where project_id = ${projectId} and run_id = w.id and dedupe_key = w.k
          union all
          select dedupe_key, raw from events_ephemeral where project_id = ${projectId} and run_id = w.id and dedupe_key = w.k
        ) e`.execute();
      return query.then((rows) =>
        rows.map((row) => ({ key: runKey(row.s, row.x), dedupeKey: row.dedupe_key as string, raw: row.raw as string })),
      );
    },

    insertEvents: (table: "events" | "events_ephemeral", records: readonly string[]) =>
      sql`
        insert into ${sql(table)} (project_id, run_id, seq, received_at_ms, occurred_at_ms, type, source_type, frame_name, source_event_id, dedupe_key, estimated_nanos, flags, raw)
        select ${projectId}, t.r, t.s, t.a, t.o, t.t, t.y, t.n, t.i, t.k, t.e, coalesce(t.f, 0), t.w
        from json_to_recordset(${`[${records.join(",")}]`}::text::json)
          as t(r uuid, s bigint, a bigint, o bigint, t text, y text, n text, i text, k text, e bigint, f smallint, w json)`.execute(),

    updateRuns: (runs: readonly { id: string; lastSeq: number; state: RowState }[]) =>
      sql`
      update runs r set last_seq = t.q, status = t.u, name = t.n, agent = t.a, session_id = t.ss, started_at_ms = t.st, ended_at_ms = t.en,
        last_event_at_ms = t.la, tokens = t.tk, cost_nanos = t.co, duration_ms = t.du, models = t.mo, stalls_at_ms = t.sa, state = t.state
      from json_to_recordset(${`[${runs.map(runRecord).join(",")}]`}::text::json)
        as t(i uuid, q bigint, u text, n text, a text, ss text, st bigint, en bigint, la bigint, tk bigint, co bigint, du bigint, mo text[], sa bigint, state json)
      where r.project_id = ${projectId} and r.id = t.i and r.id = any(${runs.map((run) => run.id)}::uuid[])`.execute(),

    rememberAnswers: (answers: readonly { key: string; bodyHash: Buffer; reply: string }[]) =>
      sql`
      insert into idempotency_keys (project_id, key, body_hash, reply)
      select ${projectId}, t.k, decode(t.h, 'hex'), t.r
      from json_to_recordset(${text(answers.map((answer) => ({ k: answer.key, h: answer.bodyHash.toString("hex"), r: answer.reply })))}::text::json) as t(k text, h text, r text)`.execute(),

    /** Minutes first, then hours and days, each in the order of their keys, as every batch does. */
    addToBuckets: (deltas: readonly BucketDelta[]) => {
      const rows = sql`json_to_recordset(${text(deltas)}::text::json)
          as t(m bigint, s uuid, a text, o text, n int, tk bigint, i bigint, u bigint, cr bigint, cw bigint, re bigint, rn bigint, en bigint, up bigint)`;
      const figures = sql`events, tokens, input, output, cached_read, cached_write, reasoning, reported_nanos, estimated_nanos, unpriced`;
      const sums = sql`sum(t.n), sum(t.tk), sum(t.i), sum(t.u), sum(t.cr), sum(t.cw), sum(t.re), sum(t.rn), sum(t.en), sum(t.up)`;
      const added = sql`
          events = b.events + excluded.events, tokens = b.tokens + excluded.tokens, input = b.input + excluded.input, output = b.output + excluded.output,
          cached_read = b.cached_read + excluded.cached_read, cached_write = b.cached_write + excluded.cached_write, reasoning = b.reasoning + excluded.reasoning,
          reported_nanos = b.reported_nanos + excluded.reported_nanos, estimated_nanos = b.estimated_nanos + excluded.estimated_nanos, unpriced = b.unpriced + excluded.unpriced`;
      const minutes = sql`
        insert into usage_buckets as b (project_id, minute, source_id, agent, model, ${figures})
        select ${projectId}, to_timestamp(t.m), t.s, t.a, t.o, ${sums} from ${rows}
        group by t.m, t.s, t.a, t.o order by t.m, t.s, t.a, t.o
        on conflict (project_id, minute, source_id, agent, model) do update set ${added}`.execute();
      const rollups = sql`
        insert into usage_rollups as b (project_id, grain, start, source_id, agent, model, ${figures})
        select ${projectId}, g.grain, to_timestamp(t.m / g.seconds * g.seconds), t.s, t.a, t.o, ${sums}
        from ${rows}, (values ('day', 86400), ('hour', 3600)) as g(grain, seconds)
        group by 2, 3, 4, 5, 6 order by 2, 3, 4, 5, 6
        on conflict (project_id, grain, start, source_id, agent, model) do update set ${added}`.execute();
      return Promise.all([minutes, rollups]);
    },

    advanceFeed: (rows: readonly { runId: string; firstSeq: number; lastSeq: number }[], nowMs: number): Promise<FeedRow[]> => {
      const query = sql`
        with head as (update feed_heads set seq = seq + ${rows.length} where project_id = ${projectId} returning seq)
        insert into feed (project_id, feed_seq, run_id, first_seq, last_seq, at_ms)
        select ${projectId}, head.seq - ${rows.length} + t.n, t.r, t.f, t.l, ${nowMs}
        from head, json_to_recordset(${text(rows.map((row, index) => ({ n: index + 1, r: row.runId, f: row.firstSeq, l: row.lastSeq })))}::text::json) as t(n int, r uuid, f bigint, l bigint)
        returning feed_seq, run_id`.execute();
      return query.then((rows) => rows.map((row) => ({ feedSeq: Number(row.feed_seq), runId: row.run_id as string })));
    },
  };
}

/** JSON text that PostgreSQL takes: a cut through an emoji leaves a lone surrogate, which it refuses. */
function text(value: unknown): string {
  return storableJson(JSON.stringify(value), value as Json).text;
}

/** Models by which a run is found; more than any real run names. */
const mostModels = 50;

function runRecord(run: { id: string; lastSeq: number; state: RowState }): string {
  const { lifecycle, usage } = run.state;
  const cost = shownCost(usage);
  const name = lifecycle.name ?? lifecycle.query ?? lifecycle.agent;
  return text({
    i: run.id,
    q: run.lastSeq,
    u: lifecycle.status,
    n: name === null ? null : name.slice(0, 300),
    a: lifecycle.agent,
    ss: lifecycle.sessionId,
    st: lifecycle.startedAtMs,
    en: lifecycle.endedAtMs,
    la: lifecycle.lastEventAtMs,
    tk: shownTokens(usage).total,
    co: cost.reportedNanos + cost.estimatedNanos,
    du: finalDurationMs(lifecycle),
    mo: Object.keys(usage.byModel).slice(0, mostModels),
    sa: stallsAtMs(lifecycle),
    state: run.state,
  });
}
