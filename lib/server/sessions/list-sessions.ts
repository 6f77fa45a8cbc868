import type { SessionList } from "@/lib/core/api/session";
import { services } from "../services";
import { sessionOf, sessionSums } from "./session-sums";

/** The project's sessions, that with the newest run first; the page after the one whose newest run is `before`. */
export async function listSessions(projectId: string, page: { limit: number; before?: string }): Promise<SessionList> {
  const { pool, now } = services();
  // A session stands where its newest run does: every other run of it is passed over by one look into the index of sessions.
  const rows = await sessionSums(pool, {
    projectId,
    nowMs: now(),
    sessions: pool`
      select n.session_id, n.id as run_id from runs n
      where n.project_id = ${projectId} and n.kind = 'run' and n.session_id is not null
        ${page.before ? pool`and n.id < ${page.before}` : pool``}
        and not exists (
          select 1 from runs later
          where later.project_id = ${projectId} and later.kind = 'run' and later.session_id = n.session_id and later.id > n.id
        )
      order by n.id desc nulls last limit ${page.limit + 1}`,
  });
  const sessions = rows.slice(0, page.limit).map(sessionOf);
  return { sessions, nextCursor: rows.length > page.limit ? (sessions.at(-1)?.latest.id ?? null) : null };
}
