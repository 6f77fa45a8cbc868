import { useEffect, useMemo, useSyncExternalStore } from "react";
import { readEventPage } from "../api/run-parts";
import { EventPages, type EventSlot } from "../runs/event-pages";
import { openRunStore } from "../runs/run-store";

export type { EventSlot } from "../runs/event-pages";

export type RunEvents = {
  /** Slot of seq 1..lastSeq. `dropped` = retention no longer holds it. */
  readonly at: (seq: number) => EventSlot;
  /** Tell which seqs are in sight; call it when the visible range changes. */
  readonly want: (firstSeq: number, lastSeq: number) => void;
  readonly lastSeq: number;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** A run's log as a list addressed by seq, read in pages as it is looked at and continued live. */
export function useRunEvents(runId: string, lastSeq: number): RunEvents {
  const pages = useMemo(() => new EventPages((range) => readEventPage(runId, range)), [runId]);
  useSyncExternalStore(pages.subscribe, pages.version, pages.version);
  useEffect(() => openRunStore(runId)?.onEvents((events) => pages.append(events)), [runId, pages]);
  return {
    at: (seq) => pages.at(seq),
    want: (first, last) => pages.want(first, Math.min(last, lastSeq)),
    lastSeq,
    error: pages.failure,
    retry: () => pages.retry(),
  };
}
