import { uuidFloor } from "@/db/partitions";
import type { RunSummary } from "@/lib/core/api/run";
import { type RunRow, runColumns, runsFromRows } from "../runs/run-row";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";
import type { Slice } from "./usage-slice";

/** The dearest of the runs that began in a stretch of time, with what each cost as a whole. Runs without a cost are left out. */
export async function topRuns(projectId: string, slice: Slice, limit: number): Promise<RunSummary[]> {
  const { pool } = services();
  // A run's id carries the instant at which it was first heard of.
  const rows = await pool<RunRow[]>`
    select ${runColumns(pool)} from (
      select * from runs
      where project_id = ${projectId} and kind = 'run' and cost_grade > 0 and id >= ${uuidFloor(slice.fromMs)} and id < ${uuidFloor(slice.toMs)}
      order by cost_grade desc, cost_nanos desc, id desc limit ${limit}
    ) r join sources s on s.project_id = r.project_id and s.id = r.source_id
    order by r.cost_nanos desc, r.id desc`;
  return (await runsFromRows(rows)).map(summaryOf);
}
