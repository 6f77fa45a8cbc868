import type { controlRequests } from "@/db/schema";
import type { Control, RunControl } from "@/lib/core/api/control";
import type { ControlAction } from "@/lib/core/control/words";
import { iso, isoOrNull } from "../iso";

export type ControlRow = typeof controlRequests.$inferSelect;

export function toControl(row: ControlRow): Control {
  return {
    id: row.id,
    number: row.number,
    action: row.action,
    outcome: row.outcome,
    reason: row.reason,
    requestedBy: row.requestedBy,
    requestedAt: iso(row.requestedAtMs),
    sentAt: isoOrNull(row.sentAtMs),
    sentVia: row.sentVia,
    acknowledgedAt: isoOrNull(row.acknowledgedAtMs),
    acknowledgedVia: row.acknowledgedVia,
    effectiveAt: isoOrNull(row.doneAtMs),
  };
}

const wishes = { pause: "paused", resume: "running", cancel: "cancelled" } as const satisfies Record<
  ControlAction,
  NonNullable<RunControl["desired"]>
>;

/** The state the agent should be in; null if the run's end overtook the request. */
export function desiredOf(latest: ControlRow | null): RunControl["desired"] {
  return latest === null || latest.outcome === "ended" ? null : wishes[latest.action];
}
