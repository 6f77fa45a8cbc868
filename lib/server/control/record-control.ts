import { and, asc, isNull, lte, sql } from "drizzle-orm";
import { controlRequests } from "@/db/schema";
import { ownControls, requestWords } from "@/lib/dialects/own-controls";
import type { CachedRun } from "../events/append/run-cache";
import { appendOwn, ownEvent } from "../events/append-own";
import { ownPrefix } from "../ingest/accept-event";
import { claimMs } from "../leases";
import { findRun } from "../runs/find-run";
import { services } from "../services";
import { closeRunStream } from "../sources/close-stream";
import { tellControl } from "../sources/tell-source";
import { acknowledgeControl } from "./acknowledge-control";
import type { ControlRow } from "./control-row";

const batch = 100;

/** Writes a control request into its run, in the run's own dialect. Idempotent. */
async function recordControl(run: CachedRun, row: ControlRow): Promise<void> {
  const body = ownControls[run.source.dialect]({
    runId: run.externalId,
    word: requestWords[row.action],
    id: row.id,
    action: row.action,
    by: row.requestedBy,
    ...(row.reason === null ? {} : { reason: row.reason }),
    atMs: row.requestedAtMs,
  });
  await tellControl(run, row);
  const dedupeKey = `${ownPrefix}control:${row.id}`;
  await appendOwn(run, ownEvent(run, body, { dedupeKey }));
  // Before it counts as recorded: whoever finds it unrecorded closes the stream again, which is harmless, and reports it done only once.
  if (row.action === "cancel" && row.outcome === "open" && (await closeRunStream(run))) await acknowledgeControl(run, row.id, "done");
  await services().pool`
    update control_requests c set recorded_seq = e.seq from events e
    where c.project_id = ${row.projectId} and c.id = ${row.id} and c.recorded_seq is null
      and e.project_id = c.project_id and e.run_id = c.run_id and e.dedupe_key = ${dedupeKey}`;
}

/** In the order they were asked. They are already committed, so the worker finishes whatever fails here. */
export function tryRecordControls(run: CachedRun, rows: readonly ControlRow[]): Promise<void> {
  return tryRecord(() => run, rows);
}

async function tryRecord(runOf: () => CachedRun | Promise<CachedRun>, rows: readonly ControlRow[]): Promise<void> {
  try {
    const run = await runOf();
    for (const row of rows) await recordControl(run, row);
  } catch (error) {
    services().log.warn(
      { err: error, run: rows[0]?.runId },
      "a control request could not be written to its run yet, the worker will retry",
    );
  }
}

/** Writes control requests into their runs that a process left unwritten when it ended. Returns how many there were. */
export async function finishControls(): Promise<number> {
  const { db, now } = services();
  const nowMs = now();
  const left = db
    .select({ projectId: controlRequests.projectId, id: controlRequests.id })
    .from(controlRequests)
    .where(and(isNull(controlRequests.recordedSeq), lte(controlRequests.claimedUntilMs, nowMs)))
    .orderBy(asc(controlRequests.requestedAtMs))
    .limit(batch)
    .for("update", { skipLocked: true });
  const claimed: ControlRow[] = await db
    .update(controlRequests)
    .set({ claimedUntilMs: nowMs + claimMs })
    .where(and(sql`(${controlRequests.projectId}, ${controlRequests.id}) in ${left}`, lte(controlRequests.claimedUntilMs, nowMs)))
    .returning();
  for (const rows of byRun(claimed).values()) {
    const [first] = rows;
    if (first) await tryRecord(() => findRun(first.projectId, first.runId), rows);
  }
  return claimed.length;
}

function byRun(rows: readonly ControlRow[]): Map<string, ControlRow[]> {
  const runs = new Map<string, ControlRow[]>();
  for (const row of [...rows].sort((a, b) => a.number - b.number)) runs.set(row.runId, [...(runs.get(row.runId) ?? []), row]);
  return runs;
}
