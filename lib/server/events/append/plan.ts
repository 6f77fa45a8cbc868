import { eventFlags } from "@/db/schema";
import type { LoggedEvent } from "@/lib/core/events/logged";
import { isEphemeral } from "@/lib/core/events/logged";
import { isSameJson } from "@/lib/core/exact-json";
import { foldRow } from "@/lib/core/run/fold";
import type { RowState } from "@/lib/core/run/state";
import type { EventOutcome, NewEvent, SourceRef } from "./request";

/** A stored event as the live side passes it on without reading it back. */
export type StoredEvent = { readonly event: LoggedEvent; readonly rawText: string; readonly keyId?: string };

export type RunPlan = {
  readonly outcomes: readonly EventOutcome[];
  readonly stored: readonly StoredEvent[];
  readonly state: RowState;
  readonly lastSeq: number;
  /** Length of what is stored, as it was sent. */
  readonly chars: number;
  /** One JSON record per event for json_to_recordset, by table. */
  readonly durable: readonly string[];
  readonly ephemeral: readonly string[];
  /** Dedupe keys of what is stored. */
  readonly keys: readonly string[];
};

export type PlanInput = {
  readonly run: { readonly id: string; readonly lastSeq: number; readonly state: RowState };
  readonly source: SourceRef;
  readonly events: readonly NewEvent[];
  /** Dedupe keys that the log holds already, with the raw text stored under each. */
  readonly known: ReadonlyMap<string, string>;
};

/** Decides what happens to each event of one run in one batch: numbers the new ones, drops the known ones, folds. Pure. */
export function planRun(input: PlanInput): RunPlan {
  const { run, source } = input;
  const seen = new Map<string, string>();
  const outcomes: EventOutcome[] = [];
  const stored: StoredEvent[] = [];
  const durable: string[] = [];
  const ephemeral: string[] = [];
  const keys: string[] = [];
  let seq = run.lastSeq;
  let chars = 0;
  for (const event of input.events) {
    const before = event.dedupeKey === undefined ? undefined : (seen.get(event.dedupeKey) ?? input.known.get(event.dedupeKey));
    if (before !== undefined) {
      outcomes.push({ kind: isSameJson(before, event.rawText) ? "duplicate" : "conflict", runId: run.id });
      continue;
    }
    if (event.dedupeKey !== undefined) {
      seen.set(event.dedupeKey, event.rawText);
      keys.push(event.dedupeKey);
    }
    seq += 1;
    chars += event.rawText.length;
    outcomes.push({ kind: "stored", runId: run.id, seq });
    stored.push({ event: loggedEvent(event, seq, source), rawText: event.rawText, keyId: event.keyId });
    (isEphemeral(event.canonical.type) ? ephemeral : durable).push(eventRecord(event, run.id, seq));
  }
  const state = foldRow(
    run.state,
    stored.map((item) => item.event),
  );
  return { outcomes, stored, state, lastSeq: seq, chars, durable, ephemeral, keys };
}

function loggedEvent(event: NewEvent, seq: number, source: SourceRef): LoggedEvent {
  return {
    ...event.canonical,
    seq,
    receivedAtMs: event.receivedAtMs,
    ...(event.estimatedNanos === undefined ? {} : { estimatedNanos: event.estimatedNanos }),
    ...(event.origin === undefined ? {} : { origin: event.origin }),
    source: sourceOf(event, source.dialect),
  };
}

function sourceOf({ sourceType: type, sourceId: id, frameName: frame }: NewEvent, dialect: SourceRef["dialect"]): LoggedEvent["source"] {
  if (frame === undefined) return id === undefined ? { dialect, type } : { dialect, type, id };
  return id === undefined ? { dialect, type, frame } : { dialect, type, id, frame };
}

/** The record is put together by hand so that the sender's text goes through unescaped and unparsed. */
function eventRecord(event: NewEvent, runId: string, seq: number): string {
  const flags =
    (event.sanitized ? eventFlags.sanitized : 0) |
    (event.estimatedNanos === null ? eventFlags.unpriced : 0) |
    (event.origin === undefined ? 0 : eventFlags.own);
  let record = `{"r":"${runId}","s":${seq},"a":${event.receivedAtMs},"t":"${event.canonical.type}","y":${JSON.stringify(event.sourceType)}`;
  if (event.canonical.occurredAtMs !== undefined) record += `,"o":${event.canonical.occurredAtMs}`;
  if (event.frameName !== undefined) record += `,"n":${JSON.stringify(event.frameName)}`;
  if (event.sourceId !== undefined) record += `,"i":${JSON.stringify(event.sourceId)}`;
  if (event.dedupeKey !== undefined) record += `,"k":${JSON.stringify(event.dedupeKey)}`;
  if (typeof event.estimatedNanos === "number") record += `,"e":${event.estimatedNanos}`;
  if (flags !== 0) record += `,"f":${flags}`;
  return `${record},"w":${event.rawText}}`;
}
