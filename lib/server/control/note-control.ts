import { and, eq, isNull, sql } from "drizzle-orm";
import { controlListeners, controlRequests } from "@/db/schema";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { Principal } from "../http/principal";
import { services } from "../services";
import type { ControlRow } from "./control-row";

type Place = { readonly projectId: string; readonly id: string };

const again = 30_000;

/** Records that a run's agent polls for control requests. A browser that views the run is not the agent. */
export async function noteListening(principal: Pick<Principal, "kind">, run: Place): Promise<void> {
  if (principal.kind === "session") return;
  const { db, now } = services();
  const nowMs = now();
  await db
    .insert(controlListeners)
    .values({ projectId: run.projectId, runId: run.id, firstAtMs: nowMs, lastAtMs: nowMs })
    .onConflictDoUpdate({
      target: [controlListeners.projectId, controlListeners.runId],
      set: { lastAtMs: nowMs },
      setWhere: sql`${controlListeners.lastAtMs} < ${nowMs - again}`,
    });
}

/** Records that an agent received a request. Nobody waits for this: the response is already on its way. */
export function noteControlSent(row: ControlRow, via: string): void {
  if (row.sentAtMs === null) sent(and(eq(controlRequests.projectId, row.projectId), eq(controlRequests.id, row.id)), via);
}

/** The same for a request whose event was written to a stream of its run. */
export function noteControlStreamed(run: Place, event: LoggedEvent): void {
  const id = event.origin === "watchfloor" ? event.control?.id : undefined;
  if (id !== undefined) sent(and(eq(controlRequests.projectId, run.projectId), eq(controlRequests.id, id)), "stream");
}

function sent(which: ReturnType<typeof and>, via: string): void {
  services()
    .db.update(controlRequests)
    .set({ sentAtMs: services().now(), sentVia: via })
    .where(and(which, isNull(controlRequests.sentAtMs)))
    .catch((error) => services().log.warn({ err: error }, "a receipt could not be stored"));
}
