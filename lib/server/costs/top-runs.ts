import { uuidFloor } from "@/db/partitions";
import type { RunSummary } from "@/lib/core/api/run";
import { type RunRow, runColumns, runsFromRows } from "../runs/run-row";
import { summaryOf } from "../runs/summary-of";
import { services } from "../services";
import type { Slice } from "./usage-slice";

/** The most expensive runs that started in a time range, with the total cost of each. Runs without a cost are left out. */
export async function topRuns(projectId: string, slice: Slice, limit: number): Promise<RunSummary[]> {
  const { pool } = services();
  // A run's id contains the time at which it was first heard from.
  const began = (id: string) => pool`${pool(id)} >= ${uuidFloor(slice.fromMs)} and ${pool(id)} < ${uuidFloor(slice.toMs)}`;
  const rows = await pool<RunRow[]>`
    select ${runColumns(pool)} from (
      select id from (
        (select run_id as id, cost_nanos from ended_runs where project_id = ${projectId} and cost_nanos > 0 and ${began("run_id")}
          order by cost_nanos desc, run_id desc limit ${limit})
        union all
        (select id, cost_nanos from runs where project_id = ${projectId} and kind = 'run' and ended_at_ms is null and cost_grade > 0 and ${began("id")}
          order by cost_grade desc, cost_nanos desc, id desc limit ${limit})
      ) w order by cost_nanos desc, id desc limit ${limit}
    ) page join runs r on r.id = page.id join sources s on s.project_id = r.project_id and s.id = r.source_id
    order by r.cost_nanos desc, r.id desc`;
  return (await runsFromRows(rows)).map(summaryOf);
}
