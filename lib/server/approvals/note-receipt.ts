import { and, eq, isNull, sql } from "drizzle-orm";
import { approvals } from "@/db/schema";
import type { Principal } from "../http/principal";
import { services } from "../services";

/** Notes that an agent was given the decision it asked for. Nobody waits for it: the answer is on its way already. */
export function noteDelivered({ projectId }: Pick<Principal, "projectId">, id: string, via: string): void {
  const nowMs = services().now();
  services()
    .db.update(approvals)
    .set({
      sentAtMs: sql`coalesce(${approvals.sentAtMs}, ${nowMs})`,
      sentVia: sql`coalesce(${approvals.sentVia}, ${via})`,
      deliveredAtMs: nowMs,
      deliveredVia: via,
    })
    .where(and(eq(approvals.projectId, projectId), eq(approvals.id, id), isNull(approvals.deliveredAtMs)))
    .catch((error) => services().log.warn({ err: error }, "a receipt was not noted"));
}

/** Notes that the decision's event was written to a stream of its run. */
export function noteSent(run: { readonly projectId: string; readonly id: string }, seq: number): void {
  services()
    .db.update(approvals)
    .set({ sentAtMs: services().now(), sentVia: "stream" })
    .where(
      and(eq(approvals.projectId, run.projectId), eq(approvals.runId, run.id), eq(approvals.recordedSeq, seq), isNull(approvals.sentAtMs)),
    )
    .catch((error) => services().log.warn({ err: error }, "a receipt was not noted"));
}
