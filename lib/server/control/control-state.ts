import { and, desc, eq, inArray } from "drizzle-orm";
import { controlRequests } from "@/db/schema";
import type { RunStatus } from "@/lib/core/run/status";
import type { CachedRun } from "../events/append/run-cache";
import type { Principal } from "../http/principal";
import { services } from "../services";
import type { ControlRow } from "./control-row";
import { noteControlSent } from "./note-control";

const pausedWords: readonly RunStatus[] = ["pausing", "paused"];
const cancelledWords: readonly RunStatus[] = ["cancelling", "cancelled"];

/**
 * As Shannon's gateway answers: true as soon as requested, which is how a polling agent learns of it; texts are never null. `given` records
 * that the caller received it.
 */
export async function controlState(run: CachedRun, principal: Pick<Principal, "kind">) {
  const rows = await services()
    .db.selectDistinctOn([controlRequests.action])
    .from(controlRequests)
    .where(
      and(
        eq(controlRequests.projectId, run.projectId),
        eq(controlRequests.runId, run.id),
        inArray(controlRequests.action, ["pause", "cancel"]),
      ),
    )
    .orderBy(controlRequests.action, desc(controlRequests.number));
  const open = rows.find(({ outcome }) => outcome === "open");
  const { status } = run.state.lifecycle;
  // The request counts once it is committed; its event may follow a moment later.
  const isPaused = pausedWords.includes(status) || open?.action === "pause";
  const isCancelled = cancelledWords.includes(status) || open?.action === "cancel";
  const asked = rows.filter((row) => explains(row, run));
  const pause = isPaused ? of(asked, "pause") : undefined;
  const cancel = isCancelled ? of(asked, "cancel") : undefined;
  const told = cancel ?? pause;
  const state = {
    is_paused: isPaused && !isCancelled,
    is_cancelled: isCancelled,
    paused_at: pause === undefined ? "" : new Date(pause.doneAtMs ?? pause.requestedAtMs).toISOString(),
    pause_reason: pause?.reason ?? "",
    paused_by: pause?.requestedBy ?? "",
    cancel_reason: cancel?.reason ?? "",
    cancelled_by: cancel?.requestedBy ?? "",
  };
  const given = () => {
    if (told !== undefined && principal.kind !== "session") noteControlSent(told, "poll");
  };
  return { state, given };
}

/** Whether the request is still open, or the run has neither started nor resumed since: whatever it did later, it did by itself. */
function explains({ outcome, recordedSeq }: ControlRow, { state }: CachedRun): boolean {
  const { opened } = state.lifecycle.registers;
  return outcome === "open" || recordedSeq === null || opened === null || opened.seq < recordedSeq;
}

function of(rows: readonly ControlRow[], action: ControlRow["action"]): ControlRow | undefined {
  return rows.find((row) => row.action === action);
}
