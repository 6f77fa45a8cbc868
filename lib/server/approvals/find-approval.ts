import { and, asc, desc, eq, inArray, type SQL } from "drizzle-orm";
import { approvals, runs, sources } from "@/db/schema";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { storedKey } from "./approval-id";
import type { JoinedRow } from "./approval-row";

export function joined() {
  return services()
    .db.select({
      approval: approvals,
      run: { externalId: runs.externalId, dialect: runs.dialect, name: runs.name },
      source: { name: sources.name },
    })
    .from(approvals)
    .innerJoin(runs, and(eq(runs.projectId, approvals.projectId), eq(runs.id, approvals.runId)))
    .innerJoin(sources, and(eq(sources.projectId, runs.projectId), eq(sources.id, runs.sourceId)));
}

function unknown(): DomainError {
  return new DomainError("not_found", "There is no request with this id in this project.", { path: "approval" });
}

/** Finds a request by our id. Throws not_found. */
export async function findApproval(projectId: string, id: string): Promise<JoinedRow> {
  const [row] = isUuid(id) ? await joined().where(and(eq(approvals.projectId, projectId), eq(approvals.id, id))) : [];
  if (!row) throw unknown();
  return row;
}

/** Finds a run's request by our id, the sender's id or `seq:<n>`; if several share an id, the last. Throws not_found. */
export async function findRunApproval(run: { projectId: string; id: string }, id: string): Promise<JoinedRow> {
  const inRun = and(eq(approvals.projectId, run.projectId), eq(approvals.runId, run.id));
  if (isUuid(id)) {
    const [row] = await joined().where(and(inRun, eq(approvals.id, id)));
    if (row) return row;
  }
  const row = (await latest(run.projectId, id, inRun)) ?? (await askedAt(id, inRun));
  if (!row) throw unknown();
  return row;
}

/** A request can be named by its event even if its sender gave it an id. */
async function askedAt(id: string, inRun: SQL | undefined): Promise<JoinedRow | null> {
  const seq = /^seq:([1-9]\d{0,14})$/.exec(id)?.[1];
  if (seq === undefined) return null;
  const [row] = await joined().where(and(inRun, eq(approvals.requestedSeq, Number(seq))));
  return row ?? null;
}

/** The request that has waited longest in a run; null = none is pending. */
export async function oldestWaiting(run: { projectId: string; id: string }): Promise<JoinedRow | null> {
  const [row] = await joined()
    .where(and(eq(approvals.projectId, run.projectId), eq(approvals.runId, run.id), eq(approvals.status, "pending")))
    .orderBy(asc(approvals.askedAtMs), asc(approvals.expiresAtMs), asc(approvals.id))
    .limit(1);
  return row ?? null;
}

/** Finds the request made under this id, for a tool that names no run when it asks again. Throws not_found. */
export async function findAsked(projectId: string, asked: { source: string; key: string }): Promise<JoinedRow> {
  const row = await latest(projectId, asked.key, and(eq(approvals.projectId, projectId), eq(sources.name, asked.source)));
  if (!row) throw unknown();
  return row;
}

/** The sender keeps using the id it gave its request, even if part of that id was redacted. */
async function latest(projectId: string, key: string, where: SQL | undefined): Promise<JoinedRow | null> {
  const kept = (await services().redaction.of(projectId))?.text(key) ?? key;
  const keys = [...new Set([key, kept])].filter((each) => !each.includes("\u0000")).map((each) => storedKey(each.toWellFormed()));
  if (keys.length === 0) return null;
  const rows = await joined()
    .where(and(where, inArray(approvals.key, keys)))
    .orderBy(desc(approvals.askedAtMs), desc(approvals.requestedSeq))
    .limit(50);
  return rows.find(({ approval }) => approval.status !== "superseded") ?? rows[0] ?? null;
}
