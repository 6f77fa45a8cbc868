import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { approvals } from "@/db/schema";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { Principal } from "../http/principal";
import { services } from "../services";

/** Records that an agent received the decision it asked for. Nobody waits for this: the response is already on its way. */
export function noteDelivered({ projectId }: Pick<Principal, "projectId">, id: string, via: string): void {
  deliver(and(eq(approvals.projectId, projectId), eq(approvals.id, id)), via);
}

/** The same for an agent that reads its run's history; a browser that views the run is not the agent. */
export function noteRead(
  principal: Pick<Principal, "kind">,
  run: { readonly projectId: string; readonly id: string },
  stored: readonly { readonly event: LoggedEvent }[],
): void {
  if (principal.kind === "session") return;
  const seqs = stored
    .filter(({ event }) => event.type === "approval.decided" && event.origin === "watchfloor")
    .map(({ event }) => event.seq);
  if (seqs.length === 0) return;
  deliver(and(eq(approvals.projectId, run.projectId), eq(approvals.runId, run.id), inArray(approvals.recordedSeq, seqs)), "poll");
}

function deliver(which: SQL | undefined, via: string): void {
  const nowMs = services().now();
  services()
    .db.update(approvals)
    .set({
      sentAtMs: sql`coalesce(${approvals.sentAtMs}, ${nowMs})`,
      sentVia: sql`coalesce(${approvals.sentVia}, ${via})`,
      deliveredAtMs: nowMs,
      deliveredVia: via,
    })
    .where(and(which, isNull(approvals.deliveredAtMs)))
    .catch((error) => services().log.warn({ err: error }, "a receipt could not be stored"));
}

/** Records that the decision's event was written to a stream of its run. */
export function noteSent(run: { readonly projectId: string; readonly id: string }, seq: number): void {
  services()
    .db.update(approvals)
    .set({ sentAtMs: services().now(), sentVia: "stream" })
    .where(
      and(eq(approvals.projectId, run.projectId), eq(approvals.runId, run.id), eq(approvals.recordedSeq, seq), isNull(approvals.sentAtMs)),
    )
    .catch((error) => services().log.warn({ err: error }, "a receipt could not be stored"));
}
