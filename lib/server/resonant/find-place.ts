import { boundedKey } from "../ingest/accept-event";
import { services } from "../services";

/** An event's position in the log. */
export type EventPlace = { readonly runId: string; readonly seq: number; readonly externalId: string };

type Row = { readonly run_id: string; readonly seq: string; readonly external_id: string };

/** `evt_<run>_<seq>`: the run is the sender's id, as in lists and streams, or the digits of ours, as in webhooks. */
const madeUp = /^evt_(.+)_([1-9]\d{0,14})$/s;
const digits = /^[0-9a-f]{32}$/;

/** The place of an event by its public id: the sender's, or the one we generated for an event without an id. Null if there is none. */
export async function findPlace(projectId: string, id: string): Promise<EventPlace | null> {
  if (id.includes("\u0000")) return null;
  const row = (await sentWith(projectId, id)) ?? (await numbered(projectId, id));
  return row ? { runId: row.run_id, seq: Number(row.seq), externalId: row.external_id } : null;
}

async function sentWith(projectId: string, id: string): Promise<Row | undefined> {
  const [row] = await services().pool<Row[]>`
    select e.run_id, e.seq, r.external_id from events e join runs r on r.project_id = e.project_id and r.id = e.run_id
    where e.project_id = ${projectId} and e.dedupe_key = ${boundedKey(id)} and r.dialect = 'resonant' limit 1`;
  return row;
}

async function numbered(projectId: string, id: string): Promise<Row | undefined> {
  const [, run, seq] = madeUp.exec(id) ?? [];
  if (run === undefined || seq === undefined) return undefined;
  const [row] = await services().pool<Row[]>`
    select e.run_id, e.seq, r.external_id from runs r join events e on e.project_id = r.project_id and e.run_id = r.id
    where r.project_id = ${projectId} and r.dialect = 'resonant' and e.seq = ${seq}
      and (r.external_id = ${run} or r.id = ${digits.test(run) ? run : null}::uuid)
    limit 1`;
  return row;
}
