import type { StandingList } from "@/lib/core/standing/standing";
import { services } from "../services";
import { holds, isSpent, type StandingRow, standingColumns, standingOf } from "./standing-row";

const listed = 100;

type OfRun = { readonly id: string; readonly source: { readonly id: string } };

/** The standing approvals in force; for one run also those that apply to its agents. */
export async function listStanding(projectId: string, run?: OfRun): Promise<StandingList> {
  const { pool, now } = services();
  const ofRun = run === undefined ? pool`` : pool`and (s.run_id = ${run.id} or (s.scope = 'agent' and s.source_id = ${run.source.id}))`;
  const rows = await pool<StandingRow[]>`
    select ${standingColumns(pool)} from standing_approvals s where s.project_id = ${projectId} and ${holds(pool, now())} ${ofRun}
    order by s.id desc limit ${listed}`;
  return { standing: rows.filter((row) => !isSpent(row)).map(standingOf) };
}
