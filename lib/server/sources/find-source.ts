import { and, asc, eq } from "drizzle-orm";
import { sourceStreams, sources } from "@/db/schema";
import type { Source } from "@/lib/core/api/source";
import type { Dialect } from "@/lib/core/dialect";
import { sourceEndpoints } from "@/lib/dialects/source-endpoints";
import { DomainError } from "../errors";
import { services } from "../services";
import { isUuid } from "../uuid";
import { type StreamRow, toStream } from "./source-row";

export type SourceRow = typeof sources.$inferSelect;

type Figures = { readonly lastEventAtMs: number | null; readonly pending: number; readonly failed: number };

/** Throws not_found. */
export async function sourceRow(projectId: string, id: string): Promise<SourceRow> {
  const [row] = isUuid(id)
    ? await services()
        .db.select()
        .from(sources)
        .where(and(eq(sources.projectId, projectId), eq(sources.id, id)))
    : [];
  if (!row) throw new DomainError("not_found", "There is no source with this id in this project.", { path: "source" });
  return row;
}

export async function findSource(projectId: string, id: string): Promise<Source> {
  const row = await sourceRow(projectId, id);
  const [found] = await shown(projectId, [row]);
  return found as Source;
}

/** Ordered by dialect, then name. */
export async function listSources(projectId: string): Promise<Source[]> {
  const rows = await services()
    .db.select()
    .from(sources)
    .where(eq(sources.projectId, projectId))
    .orderBy(asc(sources.dialect), asc(sources.name));
  return shown(projectId, rows);
}

async function shown(projectId: string, rows: readonly SourceRow[]): Promise<Source[]> {
  const { db, now } = services();
  const [streams, figures] = await Promise.all([
    db.select().from(sourceStreams).where(eq(sourceStreams.projectId, projectId)).orderBy(asc(sourceStreams.createdAtMs)),
    figuresOf(projectId),
  ]);
  const nowMs = now();
  return rows.map((row) =>
    toSource(row, { streams: streams.filter((one) => one.sourceId === row.id), figures: figures.get(row.id), nowMs }),
  );
}

type About = { readonly streams: readonly StreamRow[]; readonly figures: Figures | undefined; readonly nowMs: number };

function toSource(row: SourceRow, { streams, figures, nowMs }: About): Source {
  const dialect = row.dialect as Dialect;
  const endpoints = sourceEndpoints[dialect];
  return {
    id: row.id,
    dialect,
    name: row.name,
    environment: row.environment,
    address: row.address,
    hasToken: row.token !== null,
    createdAt: row.createdAt.toISOString(),
    lastEventAt: figures?.lastEventAtMs == null ? null : new Date(figures.lastEventAtMs).toISOString(),
    decides: endpoints.decide !== undefined,
    controls: [...endpoints.actions],
    calls: { pending: figures?.pending ?? 0, failed: figures?.failed ?? 0 },
    streams: streams.map((stream) => toStream(stream, nowMs)),
  };
}

async function figuresOf(projectId: string): Promise<Map<string, Figures>> {
  const rows = await services().pool`
    select s.id, r.last_event_at_ms, c.pending, c.failed from sources s
    left join lateral (
      select last_event_at_ms from runs where project_id = s.project_id and source_id = s.id and kind = 'run'
      order by id desc nulls last limit 1
    ) r on true
    left join lateral (
      select count(*) filter (where status = 'pending')::int as pending, count(*) filter (where status = 'failed')::int as failed
      from webhook_deliveries where project_id = s.project_id and webhook_id = s.id and family = 'source'
    ) c on s.address is not null
    where s.project_id = ${projectId}`;
  return new Map(
    rows.map((row) => [
      row.id as string,
      {
        lastEventAtMs: row.last_event_at_ms === null ? null : Number(row.last_event_at_ms),
        pending: (row.pending ?? 0) as number,
        failed: (row.failed ?? 0) as number,
      },
    ]),
  );
}
