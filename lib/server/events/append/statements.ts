import type { Sql, TransactionSql } from "postgres";
import type { Json } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import { runKey } from "./run-cache";

export type LockedRow = {
  readonly key: string;
  readonly id: string;
  readonly externalId: string;
  readonly kind: "run" | "activity";
  readonly createdAtMs: number;
  readonly lastSeq: number;
  readonly pricing: number;
  readonly state: string | null;
};

type RunRef = { readonly source: { readonly id: string; readonly dialect: string }; readonly externalId: string };

/**
 * The statements that lock what a batch touches, written by hand because this is the hot path. Rows travel as one JSON text per statement
 * (json_to_recordset); with many columns, arrays are cheaper (columns.ts). `::text::json` keeps the driver from encoding the text a second
 * time. Each statement is sent when called (`execute`), not when awaited: the order of the calls is the order on the wire, which is what
 * makes it a transaction.
 */
export function statements(sql: Sql | TransactionSql, projectId: string) {
  // The planner knows nothing about the JSON's rows and would scan all runs of the project: these lists lead it to the index.
  const among = (runs: readonly RunRef[]) =>
    sql`r.source_id = any(${[...new Set(runs.map((run) => run.source.id))]}::uuid[]) and r.external_id = any(${[...new Set(runs.map((run) => run.externalId))]}::text[])`;
  return {
    /** How many of these runs exist. */
    countRuns: async (runs: readonly RunRef[]): Promise<number> => {
      const [row] = await sql`
        select count(*)::int as n from json_to_recordset(${jsonText(runs.map((run) => ({ s: run.source.id, x: run.externalId })))}::text::json) as t(s uuid, x text)
        join runs r on r.project_id = ${projectId} and r.source_id = t.s and r.external_id = t.x and ${among(runs)}`;
      return row?.n ?? 0;
    },
    /** As `append_batch` creates them (db/functions). */
    makeRuns: (runs: readonly (RunRef & { id: string; kind: string })[], nowMs: number) =>
      sql`
      insert into runs (project_id, id, source_id, dialect, external_id, kind, created_at)
      select ${projectId}, t.i, t.s, t.d, t.x, t.k, to_timestamp(${nowMs}::bigint / 1000.0)
      from json_to_recordset(${jsonText(runs.map((run) => ({ i: run.id, s: run.source.id, d: run.source.dialect, x: run.externalId, k: run.kind })))}::text::json)
        as t(i uuid, s uuid, d text, x text, k text)
      order by t.s, t.x
      on conflict do nothing`.execute(),

    lockRuns: (runs: readonly (RunRef & { lastSeq: number; pricing: number })[]): Promise<LockedRow[]> => {
      const query = sql`
        select r.id, r.source_id, r.external_id, r.kind, r.last_seq, r.pricing, (extract(epoch from r.created_at) * 1000)::bigint as created_ms,
          case when r.last_seq = t.q and r.pricing = t.p then null else r.state::text end as state
        from json_to_recordset(${jsonText(runs.map((run) => ({ s: run.source.id, x: run.externalId, q: run.lastSeq, p: run.pricing })))}::text::json) as t(s uuid, x text, q bigint, p int)
        join runs r on r.project_id = ${projectId} and r.source_id = t.s and r.external_id = t.x and ${among(runs)}
        order by r.id
        for update of r`.execute();
      return query.then((rows) =>
        rows.map((row) => ({
          key: runKey(row.source_id, row.external_id),
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
  };
}

/** JSON text that PostgreSQL accepts: cutting an emoji in half leaves a lone surrogate, which it rejects. */
export function jsonText(value: unknown): string {
  return storableJson(JSON.stringify(value), value as Json).text;
}
