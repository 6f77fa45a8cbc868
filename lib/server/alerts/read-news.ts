import type { Pool } from "@/db/client";
import type { AlertNews, AlertNewsEntry } from "@/lib/core/alerts/alert";
import { type EntryRow, firingOf, shownEntry } from "./list-alerts";

/** After a long gap, only this many of the newest entries are sent. */
const mostEntries = 50;

type NewsRow = EntryRow & {
  readonly rule_name: string;
  readonly kind: AlertNewsEntry["kind"];
  readonly about: string | null;
  readonly run_id: string | null;
  readonly threshold: number;
  readonly window_minutes: string | null;
};

/** Number of the newest entry in the project's alert log; 0 = nothing has happened yet. */
export async function alertLogHead(pool: Pool, projectId: string): Promise<number> {
  const [turn] = await pool`select log_seq from alert_turns where project_id = ${projectId}`;
  return Number(turn?.log_seq ?? 0);
}

/**
 * The state of a project's alerts and what happened after entry `after` (null = entries are not wanted); null if the revision is still
 * `unless`.
 */
export async function readAlertNews(
  pool: Pool,
  projectId: string,
  of: { after: number | null; unless: number },
): Promise<AlertNews | null> {
  const [turn] = await pool`select revision, log_seq from alert_turns where project_id = ${projectId}`;
  const [revision, n] = [Number(turn?.revision ?? 0), Number(turn?.log_seq ?? 0)];
  if (revision === of.unless) return null;
  const rows =
    of.after === null || of.after >= n
      ? []
      : await pool<NewsRow[]>`
          select l.n, l.alert_id, l.at_ms, l.step, l.level, l.value, l.told, l.by_name, l.note,
            a.rule_name, a.kind, a.about, a.run_id, a.threshold, a.window_minutes
          from alert_log l join alerts a on a.project_id = l.project_id and a.id = l.alert_id
          where l.project_id = ${projectId} and l.n > ${of.after} and l.n <= ${n} order by l.n desc limit ${mostEntries}`;
  return { revision, n, firing: await firingOf(projectId), entries: rows.reverse().map(newsEntry) };
}

function newsEntry(row: NewsRow): AlertNewsEntry {
  const { rule_name: ruleName, kind, about, run_id: runId, threshold, window_minutes, ...entry } = row;
  return { ...shownEntry(entry), ruleName, kind, about, runId, threshold, windowMinutes: Number(window_minutes ?? 0) };
}
