import type { Dialect } from "@/lib/core/dialect";
import { terminalStatuses } from "@/lib/core/run/status";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { services } from "../services";
import { isUuid } from "../uuid";
import { type RunRow, runColumns, runsFromRows } from "./run-row";

/** A run by our id or the sender's. If several share the sender's id, the one of `dialect` wins, then the newest. Throws not_found. */
export async function findRun(projectId: string, id: string, dialect?: Dialect): Promise<CachedRun> {
  const { pool } = services();
  if (isUuid(id)) {
    const [row] = await pool<RunRow[]>`
      select ${runColumns(pool)} from runs r join sources s on s.project_id = r.project_id and s.id = r.source_id
      where r.project_id = ${projectId} and r.id = ${id}`;
    if (row) return only(row);
  }
  const row = (await byExternalId(projectId, id, dialect)) ?? (await byRedactedId(projectId, id, dialect));
  if (!row) throw new DomainError("not_found", "There is no run with this id in this project.", { path: "run" });
  return only(row);
}

/**
 * The run that a request acts on: if several share the sender's id, the one still running. If two are running, we do not guess.
 * Throws not_found and conflict.
 */
export async function findRunToAct(projectId: string, id: string): Promise<CachedRun> {
  const run = await findRun(projectId, id);
  if (run.id === id.toLowerCase()) return run;
  const { pool } = services();
  const [first, second] = await pool<{ id: string; dialect: string }[]>`
    select id, dialect from runs
    where project_id = ${projectId} and external_id = ${run.externalId} and status <> all(${[...terminalStatuses]}) limit 2`;
  if (second === undefined) return first === undefined || first.id === run.id ? run : findRun(projectId, first.id);
  throw new DomainError("conflict", `Two runs have this id, one of ${first?.dialect} and one of ${second.dialect}.`, {
    path: "run",
    hint: "Use Watchfloor's id: GET /api/runs lists both.",
  });
}

/** Like `findRun`, but null if there is no such run. */
export async function findRunIfAny(projectId: string, id: string, dialect?: Dialect): Promise<CachedRun | null> {
  try {
    return await findRun(projectId, id, dialect);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

async function byExternalId(projectId: string, id: string, dialect: Dialect | undefined): Promise<RunRow | undefined> {
  // PostgreSQL cannot store these ids, so nothing has them.
  if (id.includes("\u0000")) return undefined;
  const { pool } = services();
  const [row] = await pool<RunRow[]>`
    select ${runColumns(pool)} from runs r join sources s on s.project_id = r.project_id and s.id = r.source_id
    where r.project_id = ${projectId} and r.external_id = ${id.toWellFormed()}
    order by (r.dialect = ${dialect ?? ""}) desc, r.id desc limit 1`;
  return row;
}

/** The sender keeps using the id it gave the run, even if part of that id is redacted in storage. */
async function byRedactedId(projectId: string, id: string, dialect: Dialect | undefined): Promise<RunRow | undefined> {
  const redacted = (await services().redaction.of(projectId))?.text(id) ?? id;
  return redacted === id ? undefined : byExternalId(projectId, redacted, dialect);
}

async function only(row: RunRow): Promise<CachedRun> {
  return (await runsFromRows([row]))[0] as CachedRun;
}
