import type { TransactionSql } from "postgres";
import type { Pool } from "@/db/client";
import type { Alert, AlertDetail, AlertEntry, AlertList } from "@/lib/core/alerts/alert";
import { DomainError } from "../errors";
import { iso, isoOrNull } from "../iso";
import { services } from "../services";
import { isUuid } from "../uuid";

export const alertTabs = ["firing", "ended"] as const;
type Page = { readonly state: (typeof alertTabs)[number]; readonly limit: number; readonly cursor?: string };

/** One page of firing alerts, unacknowledged and worst first, or of ended alerts, newest first. */
export async function listAlerts(projectId: string, page: Page): Promise<AlertList> {
  const rows = page.state === "firing" ? await firingRows(projectId, page) : await endedRows(projectId, page);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    alerts: shown.map(shownAlert),
    firing: await firingOf(projectId),
    revision: await revisionOf(projectId),
    nextCursor: rows.length > page.limit && last !== undefined ? last.place : null,
  };
}

/** One more row than the page holds, like `endedRows`. `place` = the cursor of the next page. */
async function firingRows(projectId: string, { limit, cursor }: Page): Promise<readonly PlacedRow[]> {
  const { pool, now } = services();
  const taken = pool`(acknowledged_at_ms is not null or coalesce(muted_until_ms, 0) > ${now()})::int`;
  const minor = pool`(level <> 'alert')::int`;
  const after = cursor === undefined ? null : /^([01]):([01]):(\d{1,15}):([^:]*)$/.exec(cursor);
  const [, isTaken = "", isMinor = "", ms = "", id = ""] = after ?? [];
  if (cursor !== undefined && !isUuid(id)) throw unknownCursor();
  return pool<PlacedRow[]>`
    select ${columns(pool)}, concat_ws(':', ${taken}, ${minor}, fired_at_ms, id) as place
    from alerts where project_id = ${projectId} and ended_at_ms is null
      ${after === null ? pool`` : pool`and (${taken}, ${minor}, -fired_at_ms, id) > (${isTaken}::int, ${isMinor}::int, ${-Number(ms)}::bigint, ${id}::uuid)`}
    order by ${taken}, ${minor}, fired_at_ms desc, id limit ${limit + 1}`;
}

async function endedRows(projectId: string, { limit, cursor }: Page): Promise<readonly PlacedRow[]> {
  const { pool } = services();
  const [, ms = "", id = ""] = /^(\d{1,15}):([^:]*)$/.exec(cursor ?? "") ?? [];
  if (cursor !== undefined && !isUuid(id)) throw unknownCursor();
  return pool<PlacedRow[]>`
    select ${columns(pool)}, concat_ws(':', ended_at_ms, id) as place
    from alerts where project_id = ${projectId} and ended_at_ms is not null
      ${cursor === undefined ? pool`` : pool`and (ended_at_ms, id) < (${ms}::bigint, ${id}::uuid)`}
    order by ended_at_ms desc nulls last, id desc nulls last limit ${limit + 1}`;
}

/** How many alerts are firing that nobody has acknowledged or muted. */
export async function firingOf(projectId: string): Promise<number> {
  const { pool, now } = services();
  const [count] = await pool`
    select count(*)::int as n from alerts where project_id = ${projectId} and ended_at_ms is null and acknowledged_at_ms is null
      and level <> 'no-data' and coalesce(muted_until_ms, 0) <= ${now()}`;
  return count?.n ?? 0;
}

async function revisionOf(projectId: string): Promise<number> {
  const [turn] = await services().pool`select revision from alert_turns where project_id = ${projectId}`;
  return Number(turn?.revision ?? 0);
}

/** An alert with its log; in a transaction, on its connection. Throws not_found. */
export async function findAlert(projectId: string, id: string, tx?: TransactionSql): Promise<AlertDetail> {
  const { pool } = services();
  const sql = (tx ?? pool) as Pool;
  if (!isUuid(id)) throw unknownAlert();
  const [[row], log] = await Promise.all([
    sql<AlertRow[]>`select ${columns(pool)} from alerts where project_id = ${projectId} and id = ${id}`,
    sql<EntryRow[]>`
      select n, alert_id, at_ms, step, level, value, told, by_name, note from alert_log
      where project_id = ${projectId} and alert_id = ${id} order by n desc limit 200`,
  ]);
  if (!row) throw unknownAlert();
  return { alert: shownAlert(row), log: log.map(shownEntry) };
}

export function unknownAlert(): DomainError {
  return new DomainError("not_found", "There is no alert with this id.");
}

type AlertRow = {
  readonly id: string;
  readonly rule_id: string;
  readonly rule_name: string;
  readonly kind: Alert["kind"];
  readonly about: string | null;
  readonly level: Alert["level"];
  readonly worst: Alert["worst"];
  readonly value: number | null;
  readonly threshold: number;
  readonly window_minutes: string | null;
  readonly run_id: string | null;
  readonly seq: string | null;
  readonly measured_from_ms: string | null;
  readonly fired_at_ms: string;
  readonly ended_at_ms: string | null;
  readonly acknowledged_by: string | null;
  readonly acknowledged_at_ms: string | null;
  readonly note: string | null;
  readonly muted_until_ms: string | null;
};

type PlacedRow = AlertRow & { readonly place: string };

export type EntryRow = {
  readonly n: string;
  readonly alert_id: string;
  readonly at_ms: string;
  readonly step: AlertEntry["step"];
  readonly level: AlertEntry["level"];
  readonly value: number | null;
  readonly told: boolean;
  readonly by_name: string | null;
  readonly note: string | null;
};

function columns(pool: Pool) {
  return pool`id, rule_id, rule_name, kind, about, level, worst, value, threshold, window_minutes, run_id, seq, measured_from_ms,
    fired_at_ms, ended_at_ms, acknowledged_by, acknowledged_at_ms, note, muted_until_ms`;
}

function shownAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    rule: { id: row.rule_id, name: row.rule_name },
    ...{ kind: row.kind, level: row.level, worst: row.worst, value: row.value, threshold: row.threshold, about: row.about },
    windowMinutes: row.window_minutes === null ? null : Number(row.window_minutes),
    run: row.run_id === null ? null : { id: row.run_id, seq: row.seq === null ? null : Number(row.seq) },
    measuredFrom: isoOrNull(row.measured_from_ms),
    firedAt: iso(row.fired_at_ms),
    endedAt: isoOrNull(row.ended_at_ms),
    acknowledged:
      row.acknowledged_at_ms === null ? null : { by: row.acknowledged_by ?? "", at: iso(row.acknowledged_at_ms), note: row.note },
    mutedUntil: isoOrNull(row.muted_until_ms),
  };
}

export function shownEntry(row: EntryRow): AlertEntry {
  const { n, alert_id: alertId, at_ms, by_name: by, ...rest } = row;
  return { ...rest, n: Number(n), alertId, at: iso(at_ms), by };
}

function unknownCursor(): DomainError {
  return new DomainError("invalid_request", "This cursor is not valid.", { path: "?cursor=" });
}
