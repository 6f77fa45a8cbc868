import type { PendingQuery, Row } from "postgres";
import type { Pool } from "@/db/client";
import { uuidFloor } from "@/db/partitions";
import { catchUp } from "../events/catch-up";
import { type RunRow, runColumns, runFromRow } from "../runs/run-row";

const atOnce = 200;

/**
 * A stored state may still need the last few events of the log (catch-up.ts). Folds these events into the states of the runs `r`
 * that match before they are dropped.
 */
export async function settleStates(pool: Pool, which: PendingQuery<Row[]>): Promise<void> {
  const columns = runColumns(pool);
  for (let after = uuidFloor(0); ; ) {
    const rows = await pool<RunRow[]>`
      select ${columns} from runs r join sources s on s.project_id = r.project_id and s.id = r.source_id
      where r.id > ${after} and ${which} and (r.state->'lifecycle'->>'lastSeq')::bigint < r.last_seq
      order by r.id limit ${atOnce}`;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    const runs = await catchUp(pool, rows.map(runFromRow));
    const settled = runs.filter((run) => run.state.lifecycle.lastSeq === run.lastSeq);
    const records = settled.map((run) => ({ p: run.projectId, i: run.id, q: run.lastSeq, state: run.state }));
    await pool`
      update runs r set state = t.state from json_to_recordset(${JSON.stringify(records)}::text::json) as t(p uuid, i uuid, q bigint, state json)
      where r.project_id = t.p and r.id = t.i and r.last_seq = t.q`;
  }
}
