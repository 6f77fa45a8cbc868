import type { LoggedEvent } from "@/lib/core/events/logged";
import { isJsonObject } from "@/lib/core/json";
import { isTerminal } from "@/lib/core/run/status";
import { adapters, encoders } from "@/lib/dialects/registry";
import type { RawEvent } from "../ingest/accept-event";
import { openSplitter } from "../ingest/split-body";
import { type Door, emptyReport, storeEvents } from "../ingest/store-events";
import { findRun } from "../runs/find-run";
import type { Services } from "../services";
import { type HeldStream, noteStream } from "./claim-streams";

type Context = Pick<Services, "pool" | "now">;

const batchEvents = 500;

export type Reading = {
  readonly door: Door;
  readonly stream: HeldStream;
  /** The source said that nothing more will come. */
  ended: boolean;
  /** Events that this connection brought, including duplicates and rejected ones. */
  came: number;
  /** Whether one of them was new. */
  isNews: boolean;
};

export function openReading(stream: HeldStream, receivedAtMs: number): Reading {
  const { projectId, source, run } = stream;
  const context = { dialect: source.dialect, givenRun: run, lastRun: run, receivedAtMs, keyId: undefined, redactor: null };
  return { door: { projectId, source, context }, stream, ended: false, came: 0, isNews: false };
}

/**
 * Stores a stream's events as they arrive. The cursor is written after the events it covers: a process that dies in between reads a
 * few again, and the log deduplicates them.
 */
export async function readStream(context: Context, reading: Reading, body: AsyncIterable<Uint8Array>): Promise<void> {
  const batch: RawEvent[] = [];
  const decoder = new TextDecoder("utf-8");
  const splitter = openSplitter("sse", (event) => batch.push(event));
  for await (const chunk of body) {
    splitter.feed(decoder.decode(chunk, { stream: true }));
    while (batch.length > 0) await storeCame(context, reading, batch.splice(0, batchEvents));
    if (reading.ended) return;
  }
}

/** `cursor` = the stream's position after events that name none themselves. */
export async function storeCame(
  context: Context,
  reading: Reading,
  events: readonly RawEvent[],
  cursor: string | null = null,
): Promise<void> {
  const { door, stream } = reading;
  const report = emptyReport();
  door.context.receivedAtMs = context.now();
  await storeEvents(door, events, report, { firstIndex: reading.came, patient: true });
  reading.came += events.length;
  reading.isNews ||= report.accepted > 0;
  const last = events.findLast((event) => event.id !== undefined && event.refusal === undefined);
  const { endsHere, occurredAtMs } = lookAt(stream, events);
  await noteStream(context.pool, stream, context.now(), {
    cursor: cursor ?? last?.id?.slice(0, 500) ?? null,
    // A stream that runs an agent belongs to that run; any other is configured with its run, or covers many.
    ...(stream.body === null || door.context.lastRun === null ? {} : { run: door.context.lastRun }),
    events: report.accepted,
    duplicates: report.duplicates,
    lagMs: occurredAtMs === null ? null : Math.max(0, Math.round(context.now() - occurredAtMs)),
  });
  if (endsHere) reading.ended = true;
}

/** Whether these events end the stream by their system's own rule, and when the sender says the last one happened. */
function lookAt({ source: { dialect }, run }: HeldStream, events: readonly RawEvent[]): { endsHere: boolean; occurredAtMs: number | null } {
  let endsHere = false;
  let occurredAtMs: number | null = null;
  for (const { value, name, id } of events.slice(-3)) {
    if (!isJsonObject(value)) continue;
    const canonical = adapters[dialect].decode({ body: value, ...(name ? { name } : {}), ...(id ? { id } : {}) });
    const event: LoggedEvent = { ...canonical, seq: 0, receivedAtMs: 0, source: { dialect, type: "" } };
    // A stream of many runs continues when one of them ends.
    endsHere ||= run !== null && encoders[dialect].ends(event);
    occurredAtMs = canonical.occurredAtMs ?? occurredAtMs;
  }
  return { endsHere, occurredAtMs };
}

/** Whether the stream's run is over: if so, it needs no second connection. */
export async function isRunOver({ projectId, source, run }: HeldStream): Promise<boolean> {
  if (run === null) return false;
  const found = await findRun(projectId, run, source.dialect).catch(() => null);
  return found !== null && found.source.id === source.id && isTerminal(found.state.lifecycle.status);
}
