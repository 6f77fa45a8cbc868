import type { LoggedEvent } from "@/lib/core/events/logged";
import { isSameJson } from "@/lib/core/exact-json";
import { foldRow } from "@/lib/core/run/fold";
import type { RowState } from "@/lib/core/run/state";
import type { EventOutcome, NewEvent, SourceRef } from "./request";

/** A stored event as passed to the live side without reading it back. */
export type StoredEvent = { readonly event: LoggedEvent; readonly rawText: string; readonly keyId?: string };

/** A new event with its number. */
export type EventRow = { readonly seq: number; readonly event: NewEvent };

export type RunPlan = {
  readonly outcomes: readonly EventOutcome[];
  readonly stored: readonly StoredEvent[];
  readonly state: RowState;
  readonly lastSeq: number;
  /** Length of the stored texts, as sent. */
  readonly chars: number;
  /** What to write, in seq order. */
  readonly rows: readonly EventRow[];
  /** Dedupe keys of what is stored. */
  readonly keys: readonly string[];
};

export type PlanInput = {
  readonly run: { readonly id: string; readonly lastSeq: number; readonly state: RowState };
  readonly source: SourceRef;
  readonly events: readonly NewEvent[];
  /** Dedupe keys that the log already holds, with the raw text stored under each. */
  readonly known: ReadonlyMap<string, string>;
};

/** Decides what happens to each event of one run in one batch: numbers new ones, drops known ones, folds. Pure. */
export function planRun(input: PlanInput): RunPlan {
  const { run, source } = input;
  const seen = new Map<string, string>();
  const outcomes: EventOutcome[] = [];
  const stored: StoredEvent[] = [];
  const rows: EventRow[] = [];
  const keys: string[] = [];
  let seq = run.lastSeq;
  let chars = 0;
  for (const event of input.events) {
    const before = event.dedupeKey === undefined ? undefined : (seen.get(event.dedupeKey) ?? input.known.get(event.dedupeKey));
    if (before !== undefined) {
      const isSame = isSameJson(before, event.rawText);
      outcomes.push(isSame ? { kind: "duplicate", runId: run.id } : { kind: "conflict", runId: run.id, stored: before });
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
    rows.push({ seq, event });
  }
  const state = foldRow(
    run.state,
    stored.map((item) => item.event),
  );
  return { outcomes, stored, state, lastSeq: seq, chars, rows, keys };
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
