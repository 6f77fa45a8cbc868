import type { Json } from "@/lib/core/json";
import { ownApprovals } from "@/lib/dialects/own-approvals";
import { appendOwn, ownEvent } from "../events/append-own";
import { ownPrefix } from "../ingest/accept-event";
import { findRun } from "../runs/find-run";
import { services } from "../services";
import { tellDecision } from "../sources/tell-source";
import type { DecidedRow } from "./approval-row";

const words = { approve: "approved", edit: "approved", deny: "denied", answer: "answered", timeout: "timeout" } as const;

/** Writes a decision into its run, in the run's own dialect. Idempotent. */
export async function recordDecision(row: DecidedRow): Promise<void> {
  const run = await findRun(row.projectId, row.runId);
  const said = <T extends Json>(value: T | null): T | undefined => value ?? undefined;
  const body = ownApprovals[run.source.dialect].decision({
    runId: run.externalId,
    approvalId: row.named ? row.key : row.id,
    requestId: row.id,
    requestSeq: row.requestedSeq ?? 0,
    actionHash: row.actionHash,
    kind: row.kind,
    tool: said(row.tool),
    decision: words[row.decision as keyof typeof words],
    by: said(row.decidedBy),
    comment: said(row.comment),
    answer: said(row.answer),
    editedArguments: said(row.editedArguments),
    atMs: row.decidedAtMs ?? 0,
  });
  // Queue before the event is written: whoever finds the event missing queues it again, and it is queued only once.
  await tellDecision(run, row);
  const dedupeKey = `${ownPrefix}decision:${row.id}`;
  await appendOwn(run, ownEvent(run, body, { dedupeKey }));
  await noteRecorded(row, dedupeKey);
}

/** The append records this itself, unless the run has so many requests that this one has left its folded state. */
async function noteRecorded(row: DecidedRow, dedupeKey: string): Promise<void> {
  await services().pool`
    update approvals a set recorded_seq = e.seq, recorded_at_ms = e.received_at_ms from events e
    where a.project_id = ${row.projectId} and a.id = ${row.id} and a.recorded_seq is null
      and e.project_id = a.project_id and e.run_id = a.run_id and e.dedupe_key = ${dedupeKey}`;
}

/** The same for a decision that is already committed: if this fails, the worker finishes it. */
export async function tryRecordDecision(row: DecidedRow): Promise<void> {
  try {
    await recordDecision(row);
  } catch (error) {
    services().log.warn({ err: error, approval: row.id }, "a decision could not be written to its run yet, the worker will retry");
  }
}
