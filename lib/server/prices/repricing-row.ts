import type { repricings } from "@/db/schema";
import type { Repricing, RepricingDifference } from "@/lib/core/prices/repricing";
import { iso, isoOrNull } from "../iso";

export type RepricingRow = typeof repricings.$inferSelect;

export function repricingOf(row: RepricingRow): Repricing {
  const { id, model, status, createdBy, appliedBy, counted } = row;
  const found: RepricingDifference = {
    ...{ runsSeen: row.runsSeen, runsChanged: row.runsChanged, runsSkipped: row.runsSkipped, eventsChanged: row.eventsChanged },
    ...{ beforeNanos: row.beforeNanos, afterNanos: row.afterNanos },
    ...{ unpricedBefore: row.unpricedBefore, unpricedAfter: row.unpricedAfter },
  };
  return {
    ...{ id, model, status, createdBy, appliedBy },
    from: iso(row.fromMs),
    to: iso(row.toMs),
    createdAt: iso(row.createdAtMs),
    appliedAt: isoOrNull(row.appliedAtMs),
    endedAt: isoOrNull(row.endedAtMs),
    counted: counted ?? found,
    applied: counted === null ? null : found,
  };
}
