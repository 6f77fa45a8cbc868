import type { sourceStreams } from "@/db/schema";
import type { SourceStream } from "@/lib/core/api/source";
import { isoOrNull } from "../iso";

export type StreamRow = typeof sourceStreams.$inferSelect;

export function toStream(row: StreamRow, nowMs: number): SourceStream {
  const state = stateOf(row, nowMs);
  return {
    id: row.id,
    url: row.url,
    run: row.run,
    posted: row.body !== null,
    state,
    events: row.events,
    duplicates: row.duplicates,
    connectedAt: isoOrNull(row.connectedAtMs),
    lastEventAt: isoOrNull(row.lastEventAtMs),
    lagMs: row.lagMs,
    error: row.error,
    tries: row.tries,
    nextTryAt: state === "waiting" ? isoOrNull(row.nextTryMs) : null,
  };
}

function stateOf(row: StreamRow, nowMs: number): SourceStream["state"] {
  if (row.status !== "following") return row.status;
  const held = row.heldUntilMs !== null && row.heldUntilMs > nowMs;
  if (!held) return row.nextTryMs > nowMs ? "waiting" : "connecting";
  return row.connectedAtMs === null ? "connecting" : "live";
}
