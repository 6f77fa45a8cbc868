import type { Dialect } from "@/lib/core/dialect";
import { DomainError } from "../errors";
import { services } from "../services";
import { type SessionSums, sessionSums } from "./session-sums";

/** A session's sums, optionally of one system's runs only. Throws not_found. */
export async function findSession(projectId: string, id: string, dialect?: Dialect): Promise<SessionSums> {
  const { pool, now } = services();
  // PostgreSQL cannot store these ids, so nothing has them.
  const [row] = id.includes("\u0000")
    ? []
    : await sessionSums(pool, {
        ...{ projectId, nowMs: now(), dialect },
        sessions: pool`select ${id.toWellFormed()}::text as session_id, null as run_id`,
      });
  if (!row) throw new DomainError("not_found", "There is no session with this id in this project.", { path: "session" });
  return row;
}
