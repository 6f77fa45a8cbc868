import { and, eq, sql } from "drizzle-orm";
import { controlRequests } from "@/db/schema";
import type { Control } from "@/lib/core/api/control";
import { isTerminal } from "@/lib/core/run/status";
import { doneWords, ownControls } from "@/lib/dialects/own-controls";
import { DomainError } from "../errors";
import type { CachedRun } from "../events/append/run-cache";
import { appendOwn, ownEvent } from "../events/append-own";
import { ownPrefix } from "../ingest/accept-event";
import { services } from "../services";
import { type ControlRow, toControl } from "./control-row";
import { findControl } from "./find-control";

/**
 * The agent confirms that it has a request, or that it is done. "Done" becomes an event of the run, for agents whose system has no such
 * event. Idempotent. Throws not_found, superseded and run_ended.
 */
export async function acknowledgeControl(run: CachedRun, id: string, state: "acknowledged" | "done"): Promise<Control> {
  const row = await findControl(run, id);
  if (state === "done" && row.doneAtMs === null) await writeDone(run, row);
  const nowMs = services().now();
  await services()
    .db.update(controlRequests)
    .set({
      acknowledgedAtMs: sql`coalesce(${controlRequests.acknowledgedAtMs}, ${nowMs})`,
      acknowledgedVia: sql`coalesce(${controlRequests.acknowledgedVia}, 'agent')`,
    })
    .where(and(eq(controlRequests.projectId, row.projectId), eq(controlRequests.id, row.id)));
  return toControl(await findControl(run, id));
}

async function writeDone(run: CachedRun, row: ControlRow): Promise<void> {
  if (row.outcome === "superseded")
    throw new DomainError("superseded", "A newer control request replaced this one.", { hint: "Get it from GET /api/runs/{id}/control." });
  if (isTerminal(run.state.lifecycle.status)) throw new DomainError("run_ended", "The run has ended.");
  const body = ownControls[run.source.dialect]({
    runId: run.externalId,
    word: doneWords[row.action],
    id: row.id,
    action: row.action,
    by: row.requestedBy,
    atMs: services().now(),
  });
  await appendOwn(run, ownEvent(run, body, { dedupeKey: `${ownPrefix}control-done:${row.id}` }));
}
