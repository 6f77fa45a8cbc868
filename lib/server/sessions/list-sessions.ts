import type { Pool } from "@/db/client";
import type { SessionList } from "@/lib/core/api/session";
import type { Dialect } from "@/lib/core/dialect";
import { services } from "../services";
import { type SessionSums, sessionOf, sessionSums } from "./session-sums";

/** The project's sessions, ordered by their newest run, latest first; the page after the session whose newest run is `before`. */
export async function listSessions(projectId: string, page: { limit: number; before?: string }): Promise<SessionList> {
  const { pool, now } = services();
  const sessions = pool`${newestRuns(pool, { projectId, before: page.before })} limit ${page.limit + 1}`;
  const rows = await sessionSums(pool, { projectId, nowMs: now(), sessions });
  const shown = rows.slice(0, page.limit).map(sessionOf);
  return { sessions: shown, nextCursor: rows.length > page.limit ? (shown.at(-1)?.latest.id ?? null) : null };
}

const countedAtMost = 1_000_000;

/** The same by offset, for one system's runs, with the total number of its sessions. */
export async function listSessionsByOffset(
  projectId: string,
  dialect: Dialect,
  page: { limit: number; offset: number },
): Promise<{ rows: readonly SessionSums[]; total: number }> {
  const { pool, now } = services();
  const sessions = pool`${newestRuns(pool, { projectId, dialect })} limit ${page.limit} offset ${page.offset}`;
  const [rows, [count]] = await Promise.all([
    sessionSums(pool, { projectId, nowMs: now(), sessions, dialect }),
    pool<{ n: number }[]>`select count(distinct session_id)::int as n from (
      select session_id from runs where project_id = ${projectId} and kind = 'run' and session_id is not null and dialect = ${dialect} limit ${countedAtMost}
    ) r`,
  ]);
  return { rows, total: count?.n ?? 0 };
}

/** A session is listed at its newest run: each of its other runs is skipped with one lookup in the index of sessions. */
function newestRuns(pool: Pool, { projectId, dialect, before }: { projectId: string; dialect?: Dialect; before?: string }) {
  const of = (table: "n" | "later") => (dialect ? pool`and ${pool(table)}.dialect = ${dialect}` : pool``);
  return pool`
    select n.session_id, n.id as run_id from runs n
    where n.project_id = ${projectId} and n.kind = 'run' and n.session_id is not null ${of("n")}
      ${before ? pool`and n.id < ${before}` : pool``}
      and not exists (
        select 1 from runs later
        where later.project_id = ${projectId} and later.kind = 'run' and later.session_id = n.session_id and later.id > n.id ${of("later")}
      )
    order by n.id desc nulls last`;
}
