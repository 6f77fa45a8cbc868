import type { TransactionSql } from "postgres";
import type { Pool } from "@/db/client";
import { uuidFloor } from "@/db/partitions";
import { bucketMs } from "@/lib/core/costs/cost-span";
import { PriceBook } from "@/lib/core/prices/price-book";
import type { RepricingDifference } from "@/lib/core/prices/repricing";
import type { CachedRun } from "../events/append/run-cache";
import { catchUp } from "../events/catch-up";
import { type RunRow, runColumns, runFromRow } from "../runs/run-row";
import type { Services } from "../services";
import { applyDifference } from "./apply-difference";
import type { RepricingRow } from "./repricing-row";
import { hasEstimates, type RepricingPlan, type RunDifference, readUsageEvents, runDifference } from "./run-difference";

const pageRuns = 50;

type Context = Pick<Services, "pool" | "now" | "hub">;
type Job = Pick<RepricingRow, "projectId" | "id" | "status" | "cursor"> & { readonly lockedBy: string; readonly plan: RepricingPlan };

/** Continues a repricing that this worker holds until it ends, is cancelled, is taken over by another worker, or the process stops. */
export async function runRepricing(
  context: Context,
  row: RepricingRow,
  { lockedBy, stop }: { lockedBy: string; stop: { readonly stopped: boolean } },
): Promise<void> {
  const { projectId, id, status, model, fromMs, toMs } = row;
  const job: Job = {
    projectId,
    id,
    status,
    cursor: row.cursor,
    lockedBy,
    plan: { model, fromMs, toMs, prices: new PriceBook(row.prices) },
  };
  const step = status === "applying" ? applyPage : countPage;
  for (let cursor = row.cursor; !stop.stopped; ) {
    const runs = await nextRuns(context.pool, { ...job, cursor });
    const last = runs.at(-1);
    if (last === undefined) return endPhase(context, job);
    if (!(await step(context, job, runs))) return;
    cursor = last.id;
  }
}

/** Runs that may have events in the range. An event is booked at most a day away from its arrival. */
async function nextRuns(pool: Pool, { projectId, cursor, plan }: Job): Promise<CachedRun[]> {
  const rows = await pool<RunRow[]>`
    select ${runColumns(pool)} from (
      select * from runs
      where project_id = ${projectId} and id > ${cursor ?? uuidFloor(0)} and id < ${uuidFloor(plan.toMs + bucketMs.day)}
        and (last_event_at_ms is null or last_event_at_ms >= ${plan.fromMs - bucketMs.day})
      order by id limit ${pageRuns}
    ) r join sources s on s.project_id = r.project_id and s.id = r.source_id order by r.id`;
  return catchUp(pool, rows.map(runFromRow));
}

async function countPage({ pool }: Context, job: Job, runs: readonly CachedRun[]): Promise<boolean> {
  let sum = nothing;
  for (const run of runs) {
    const stored = hasEstimates(run) ? await readUsageEvents(pool, run, { after: 0, upTo: run.lastSeq }) : [];
    sum = added(sum, runDifference(run, stored, job.plan));
  }
  return noteProgress(pool, job, { cursor: (runs.at(-1) as CachedRun).id, found: sum });
}

async function applyPage(context: Context, job: Job, runs: readonly CachedRun[]): Promise<boolean> {
  for (const run of runs) if (!(await applyRun(context, job, run))) return false;
  // Pages served by this process learn of it at once, those of other processes at their next poll.
  await context.hub.poll(job.projectId);
  return true;
}

/** Reprices one run and records that it is done in one transaction, so a crash never reprices a run twice. */
async function applyRun({ pool, now }: Context, job: Job, seen: CachedRun): Promise<boolean> {
  const early = hasEstimates(seen) ? await readUsageEvents(pool, seen, { after: 0, upTo: seen.lastSeq }) : [];
  try {
    await pool.begin(async (tx) => {
      const [row] = await tx<RunRow[]>`
        select ${runColumns(pool)} from runs r join sources s on s.project_id = r.project_id and s.id = r.source_id
        where r.project_id = ${job.projectId} and r.id = ${seen.id} for update of r`;
      const [run = seen] = await catchUp(tx, row ? [runFromRow(row)] : []);
      // Events that arrived while the log was being read; the lock keeps out any more.
      const late = await readUsageEvents(tx as unknown as Pool, run, { after: seen.lastSeq, upTo: run.lastSeq });
      const difference = runDifference(run, [...early, ...late], job.plan);
      if (difference !== null && difference !== "incomplete") await applyDifference(tx, { run, difference, nowMs: now() });
      if (!(await noteProgress(tx, job, { cursor: run.id, found: added(nothing, difference) }))) throw new NoLongerOurs();
    });
    return true;
  } catch (error) {
    if (error instanceof NoLongerOurs) return false;
    throw error;
  }
}

class NoLongerOurs extends Error {}

const nothing: RepricingDifference = {
  ...{ runsSeen: 0, runsChanged: 0, runsSkipped: 0, eventsChanged: 0, beforeNanos: 0, afterNanos: 0, unpricedBefore: 0, unpricedAfter: 0 },
};

function added(sum: RepricingDifference, found: RunDifference | "incomplete" | null): RepricingDifference {
  const seen = { ...sum, runsSeen: sum.runsSeen + 1 };
  if (found === null) return seen;
  if (found === "incomplete") return { ...seen, runsSkipped: sum.runsSkipped + 1 };
  return {
    ...seen,
    runsChanged: sum.runsChanged + 1,
    eventsChanged: sum.eventsChanged + found.events.length,
    beforeNanos: sum.beforeNanos + found.before.estimatedNanos,
    afterNanos: sum.afterNanos + found.after.estimatedNanos,
    unpricedBefore: sum.unpricedBefore + found.before.unpricedCalls,
    unpricedAfter: sum.unpricedAfter + found.after.unpricedCalls,
  };
}

type Progress = { readonly cursor: string; readonly found: RepricingDifference };

/** False if the work was cancelled or taken over by another worker. */
async function noteProgress(sql: Pool | TransactionSql, job: Job, { cursor, found }: Progress): Promise<boolean> {
  const rows = await (sql as Pool)`
    update repricings set cursor = ${cursor}, runs_seen = runs_seen + ${found.runsSeen}, runs_changed = runs_changed + ${found.runsChanged},
      runs_skipped = runs_skipped + ${found.runsSkipped}, events_changed = events_changed + ${found.eventsChanged},
      before_nanos = before_nanos + ${found.beforeNanos}, after_nanos = after_nanos + ${found.afterNanos},
      unpriced_before = unpriced_before + ${found.unpricedBefore}, unpriced_after = unpriced_after + ${found.unpricedAfter}
    where project_id = ${job.projectId} and id = ${job.id} and status = ${job.status} and locked_by = ${job.lockedBy} returning id`;
  return rows.length > 0;
}

async function endPhase({ pool, now, hub }: Context, job: Job): Promise<void> {
  const next = job.status === "applying" ? "applied" : "counted";
  await pool`
    update repricings set status = ${next}, ended_at_ms = ${next === "applied" ? now() : null}, locked_by = null, locked_until_ms = null
    where project_id = ${job.projectId} and id = ${job.id} and status = ${job.status} and locked_by = ${job.lockedBy}`;
  if (next === "applied") await hub.poll(job.projectId);
}
