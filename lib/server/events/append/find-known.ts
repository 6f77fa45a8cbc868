import type { Sql, TransactionSql } from "postgres";
import type { NewEvent } from "./request";
import type { CachedRun } from "./run-cache";
import { jsonText } from "./statements";

type Asked = { readonly run: CachedRun; readonly events: readonly NewEvent[] };

/** What the log holds under the events' dedupe keys, by run id and key. Queries only the keys that the run's filter cannot rule out. */
export async function findKnown(
  sql: Sql | TransactionSql,
  projectId: string,
  asked: readonly Asked[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const known = new Map<string, Map<string, string>>();
  const wanted = asked.flatMap(({ run, events }) => doubtful(run, events).map((key) => ({ r: run.id, k: key })));
  if (wanted.length === 0) return known;
  const rows = await sql`select run_id, dedupe_key, raw from find_known(${projectId}, ${jsonText(wanted)})`;
  for (const row of rows) known.set(row.run_id, (known.get(row.run_id) ?? new Map<string, string>()).set(row.dedupe_key, row.raw));
  return known;
}

function doubtful({ lastSeq, keys }: CachedRun, events: readonly NewEvent[]): string[] {
  if (lastSeq === 0) return [];
  return events.flatMap(({ dedupeKey }) => (dedupeKey !== undefined && (!keys || keys.mayHold(dedupeKey)) ? [dedupeKey] : []));
}
