import { eventFlags } from "@/db/schema";
import type { Dialect } from "@/lib/core/dialect";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { JsonObject } from "@/lib/core/json";
import { decodeEvent, decodeExactly } from "@/lib/dialects/decode-event";

/** A row of the log as SQL returns it; bigint columns arrive as strings. */
export type EventRow = {
  readonly seq: string;
  readonly received_at_ms: string;
  readonly source_type: string;
  readonly frame_name: string | null;
  readonly source_event_id: string | null;
  readonly estimated_nanos: string | null;
  readonly flags: number;
  readonly raw: string;
};

/**
 * Translates a stored event again, so that a better adapter also improves old runs. `exact`: keeps every literal as the sender wrote it.
 */
export function decodeStored(dialect: Dialect, row: EventRow, exact = false): LoggedEvent {
  const incoming = {
    body: JSON.parse(row.raw) as JsonObject,
    ...(row.frame_name === null ? {} : { name: row.frame_name }),
    ...(row.source_event_id === null ? {} : { id: row.source_event_id }),
  };
  const canonical = (exact ? decodeExactly : decodeEvent)(dialect, incoming, row.raw);
  const estimated = row.estimated_nanos !== null ? Number(row.estimated_nanos) : row.flags & eventFlags.unpriced ? null : undefined;
  return {
    ...canonical,
    seq: Number(row.seq),
    receivedAtMs: Number(row.received_at_ms),
    ...(estimated === undefined ? {} : { estimatedNanos: estimated }),
    ...(row.flags & eventFlags.own ? { origin: "watchfloor" as const } : {}),
    source: {
      ...{ dialect, type: row.source_type },
      ...(row.source_event_id === null ? {} : { id: row.source_event_id }),
      ...(row.frame_name === null ? {} : { frame: row.frame_name }),
    },
  };
}
