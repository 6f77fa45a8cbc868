import type { TransactionSql } from "postgres";
import type { Pool } from "@/db/client";
import type { TypeFilter } from "@/lib/core/events/type-filter";
import { platformWords, resonantEncoder, resonantEnvelope } from "@/lib/dialects/resonant";
import { noteRead } from "../approvals/note-receipt";
import { decodeStored, type EventRow } from "../events/decode-stored";
import type { Principal } from "../http/principal";
import { outgoingOf } from "../live/formats";
import { services } from "../services";
import { type EventPlace, findPlace } from "./find-place";

export type PlatformFilter = {
  readonly sinceMs?: number;
  readonly untilMs?: number;
  readonly types: TypeFilter | null;
  readonly agentId?: string;
  readonly sessionId?: string;
};

type Page = { readonly limit: number; readonly offset: number };

type Row = EventRow & { readonly run_id: string; readonly external_id: string };

/**
 * A project's ResonantGenesis events by the time they occurred, oldest first, so that pages stay stable while new events arrive.
 * `total` counts everything the filter matches. Whoever lists a single session is taken to be its agent, which learns of decisions
 * this way.
 */
export async function listPlatformEvents(principal: Principal, filter: PlatformFilter, page: Page) {
  const { pool, wide } = services();
  const { projectId } = principal;
  const isOfSession = filter.sessionId !== undefined;
  const look = (sql: Pool | TransactionSql) => pageOf(sql, matching(projectId, filter), page);
  // An agent that lists its own session does not queue behind other queries.
  const { places, total } = isOfSession ? await look(pool) : await wide.ask(look, "List the events of one session (`session_id`).");
  return { events: eventsAt(projectId, places, isOfSession ? principal : null), total };
}

async function pageOf(sql: Pool | TransactionSql, from: ReturnType<typeof matching>, { limit, offset }: Page) {
  const places = await sql<EventPlace[]>`
    select e.run_id as "runId", e.seq, r.external_id as "externalId"
    ${from} order by coalesce(e.occurred_at_ms, e.received_at_ms), e.run_id, e.seq limit ${limit} offset ${offset}`;
  const [count] = await sql`select count(*)::int as n ${from}`;
  return { places, total: (count?.n ?? 0) as number };
}

/** Events to read at once: one may be four megabytes long. */
const atOnce = 8;

async function* eventsAt(projectId: string, places: readonly EventPlace[], agent: Principal | null = null) {
  for (let from = 0; from < places.length; from += atOnce) {
    const wanted = JSON.stringify(
      places.slice(from, from + atOnce).map((place, n) => ({ n, r: place.runId, s: place.seq, x: place.externalId })),
    );
    const rows = await services().pool<Row[]>`
      select e.seq, e.received_at_ms, e.source_type, e.frame_name, e.source_event_id, e.estimated_nanos, e.flags, e.raw::text as raw,
        e.run_id, t.x as external_id
      from json_to_recordset(${wanted}::text::json) as t(n int, r uuid, s bigint, x text)
      join events e on e.project_id = ${projectId} and e.run_id = t.r and e.seq = t.s order by t.n`;
    for (const row of rows) {
      const stored = { event: decodeStored("resonant", row), rawText: row.raw };
      const run = { projectId, id: row.run_id, externalId: row.external_id };
      if (agent) noteRead(agent, run, [stored]);
      const envelope = resonantEnvelope(outgoingOf(resonantEncoder, stored, run));
      if (envelope !== null) yield envelope;
    }
  }
}

/** One event by its id: the sender's, or the one we generated for an event without an id. Null if there is none. */
export async function findPlatformEvent(projectId: string, id: string) {
  const place = await findPlace(projectId, id);
  if (place === null) return null;
  for await (const event of eventsAt(projectId, [place])) return event;
  return null;
}

function matching(projectId: string, filter: PlatformFilter) {
  const { pool } = services();
  const { sinceMs, untilMs, types, agentId, sessionId } = filter;
  // A frame of a session's own stream has no dot in its name and is sent under the platform's word for its meaning.
  const told = [...platformWords].filter(([type, word]) => !types || types.matches([word, type])).map(([type]) => type);
  const patterns = types?.patterns.map((pattern) => pattern.replace(/[\\%_]/g, (char) => `\\${char}`).replace(/\*$/, "%")) ?? [];
  return pool`
    from runs r join events e on e.project_id = r.project_id and e.run_id = r.id
    where r.project_id = ${projectId} and r.dialect = 'resonant'
      and ((position('.' in e.source_type) > 0 ${types ? pool`and lower(e.source_type) like any (${patterns})` : pool``})
        or (position('.' in e.source_type) = 0 and e.type = any (${told as string[]})))
      ${sessionId ? pool`and r.external_id = ${sessionId}` : pool``}
      ${sinceMs !== undefined ? pool`and coalesce(e.occurred_at_ms, e.received_at_ms) >= ${sinceMs}` : pool``}
      ${untilMs !== undefined ? pool`and coalesce(e.occurred_at_ms, e.received_at_ms) <= ${untilMs}` : pool``}
      ${agentId ? pool`and coalesce(e.raw->'data'->>'agent_id', e.raw->>'agent_id') = ${agentId}` : pool``}`;
}
