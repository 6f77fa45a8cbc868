import { eventFlags } from "@/db/schema";
import { isEphemeral } from "@/lib/core/events/logged";
import { column } from "./columns";
import type { EventRow } from "./plan";
import type { NewEvent } from "./request";

/** The parameters of `append_batch` (db/functions) for events, one per column. */
export const eventColumnTypes = {
  ...{ p_run: "int[]", p_seq: "bigint[]", p_received: "bigint[]", p_occurred: "bigint[]", p_type: "text[]", p_source_type: "text[]" },
  ...{ p_frame: "text[]", p_source_id: "text[]", p_key: "text[]", p_estimate: "bigint[]", p_flags: "smallint[]" },
  ...{ p_passing: "boolean[]", p_texts: "text" },
} as const;

/** JSON contains no raw control character like this, inside strings or between them. */
const betweenRaws = "\u0001";

type EventColumns = Record<keyof typeof eventColumnTypes, string | null>;

/** The new events of the batch's runs, run by run. */
export function eventColumns(runs: readonly (readonly EventRow[])[]): EventColumns {
  const rows = runs.flat();
  const events = rows.map(({ event }) => event);
  const passing = events.map(({ canonical }) => isEphemeral(canonical.type));
  return {
    p_run: column(runs.flatMap((own, index) => own.map(() => index + 1))),
    p_seq: column(rows.map(({ seq }) => seq)),
    p_received: column(events.map(({ receivedAtMs }) => receivedAtMs)),
    p_occurred: column(events.map(({ canonical }) => canonical.occurredAtMs)),
    p_type: column(events.map(({ canonical }) => canonical.type)),
    p_source_type: column(events.map(({ sourceType }) => sourceType)),
    p_frame: column(events.map(({ frameName }) => frameName)),
    p_source_id: column(events.map(({ sourceId }) => sourceId)),
    p_key: column(events.map(({ dedupeKey }) => dedupeKey)),
    p_estimate: column(events.map(({ estimatedNanos }) => estimatedNanos)),
    p_flags: column(events.map((event) => flagsOf(event) || null)),
    p_passing: passing.includes(true) ? `{${passing.join()}}` : null,
    p_texts: events.map(({ rawText }) => rawText).join(betweenRaws),
  };
}

function flagsOf({ sanitized, estimatedNanos, origin }: NewEvent): number {
  return (
    (sanitized ? eventFlags.sanitized : 0) |
    (estimatedNanos === null ? eventFlags.unpriced : 0) |
    (origin === undefined ? 0 : eventFlags.own)
  );
}
