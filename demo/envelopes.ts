import type { Dialect } from "@/lib/core/dialect";
import type { JsonObject } from "@/lib/core/json";
import type { Random } from "./random";

/** What the sending system adds to every event of a run. */
export type Sending = {
  readonly runId: string | null;
  /** 1, 2, 3 ... within the run. */
  readonly number: number;
  readonly atMs: number;
  readonly random: Random;
};

/** An event as it goes over the wire; `event` and `id` are lines of its SSE frame. */
export type Wire = { readonly body: JsonObject; readonly event?: string; readonly id?: string };

/** Frames of a Powabase stream that its engine does not number (deltas, start, chunk, complete, all of a workflow's). */
const unnumbered: ReadonlySet<unknown> = new Set(["start", "content_delta", "entity_chunk", "chunk", "complete", "error"]);

const envelopes: Record<Dialect, (event: JsonObject, sending: Sending) => Wire> = {
  shannon: (event, { runId, number, atMs }) => ({
    body: { workflow_id: runId, ...event, timestamp: iso(atMs), seq: number, stream_id: `${Math.round(atMs)}-${number}` },
  }),
  "agent-os": (event, { runId, atMs }) => ({ body: { ...event, sdk_run_id: runId, occurred_at: iso(atMs) } }),
  powabase: (event, { number, atMs }) => ({
    body: event.event === undefined || unnumbered.has(event.event) ? event : { ...event, seq: number, ts: iso(atMs) },
  }),
  crewship: ({ type, ...fields }, { number, atMs }) => ({
    body: { ...fields, timestamp: iso(atMs) },
    event: String(type),
    id: `evt_${String(number).padStart(3, "0")}`,
  }),
  resonant: (event, { atMs, random }) => ({
    body: {
      id: `evt_${random.hex(16)}`,
      ...event,
      created_at: iso(atMs),
      metadata: { user_id: "user_demo", organization_id: "org_demo", request_id: `req_${random.hex(8)}` },
    },
  }),
};

/** A scenario's event in the envelope of its system. */
export function wrap(dialect: Dialect, event: JsonObject, sending: Sending): Wire {
  return envelopes[dialect](event, sending);
}

/** One SSE frame; Crewship's order of lines (event, data, id) suits Powabase, which has only data. */
export function frameOf(wire: Wire): string {
  const name = wire.event === undefined ? "" : `event: ${wire.event}\n`;
  const id = wire.id === undefined ? "" : `id: ${wire.id}\n`;
  return `${name}data: ${JSON.stringify(wire.body)}\n${id}\n`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
