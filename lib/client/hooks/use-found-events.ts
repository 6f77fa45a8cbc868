import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { ApiEvent, EventPage } from "@/lib/core/api/event";
import type { CanonicalType } from "@/lib/core/events/canonical";
import { isFailure } from "@/lib/core/events/failure";
import { request } from "../api/request";
import { FoundEvents, foundPageSize, keepsUpWithin, mostFound } from "../runs/found-events";
import { openRunStore } from "../runs/run-store";

/** What is asked of a run's events; empty = everything of that kind. */
export type EventFilter = { readonly types: readonly CanonicalType[]; readonly errorsOnly: boolean; readonly search: string };

export type FoundInRun = {
  /** Those up to the run's end, as it is shown, in order of seq. */
  readonly events: readonly ApiEvent[];
  /** How much of the run was looked at. */
  readonly readUpTo: number;
  /** Everything was looked at, but for what came in the last moment. */
  readonly isWhole: boolean;
  /** Nobody looks behind `readUpTo` as there are too many already. */
  readonly isFull: boolean;
  /** Sees to it that as many are found, or all that there are. */
  readonly want: (rows: number) => void;
  readonly error: Error | null;
  readonly retry: () => void;
};

const pauseMs = 1_000;
/** Milliseconds after which an answer says how far it has looked. */
const within = 1_000;

/** The events of a run that a filter finds up to `lastSeq`, read as they are looked at and continued live. */
export function useFoundEvents(runId: string, { types, errorsOnly, search }: EventFilter, lastSeq: number): FoundInRun {
  const wanted = types.join(",");
  const found = useMemo(() => openFound(runId, { wanted, errorsOnly, search }), [runId, wanted, errorsOnly, search]);
  const { events, readUpTo, hasCaughtUp, failure } = useSyncExternalStore(found.subscribe, found.snapshot, found.snapshot);
  useEffect(() => {
    const stop = openRunStore(runId)?.onEvents((live) => found.append(live));
    return () => {
      stop?.();
      found.close();
    };
  }, [runId, found]);
  const shown = useMemo(
    () => ((events.at(-1)?.seq ?? 0) <= lastSeq ? events : events.filter(({ seq }) => seq <= lastSeq)),
    [events, lastSeq],
  );
  return {
    events: shown,
    readUpTo: Math.min(readUpTo, lastSeq),
    isWhole: readUpTo >= lastSeq || (hasCaughtUp && lastSeq - readUpTo <= keepsUpWithin),
    isFull: events.length >= mostFound,
    want: useCallback((rows) => found.want(rows, lastSeq), [found, lastSeq]),
    error: failure,
    retry: () => found.retry(),
  };
}

type Asked = { readonly wanted: string; readonly errorsOnly: boolean; readonly search: string };

function openFound(runId: string, { wanted, errorsOnly, search }: Asked): FoundEvents {
  const params = new URLSearchParams({ limit: String(foundPageSize), within: String(within) });
  if (wanted !== "") params.set("types", wanted);
  if (errorsOnly) params.set("errors", "1");
  if (search !== "") params.set("q", search);
  const types = wanted === "" ? null : new Set(wanted.split(","));
  return new FoundEvents({
    read: (from, signal) => request<EventPage>(`/api/runs/${encodeURIComponent(runId)}/events?from=${from}&${params}`, { signal }),
    // What comes live comes without the sender's JSON, so that words are looked for by the server alone.
    matches: search !== "" ? null : (event) => (types?.has(event.type) ?? true) && (!errorsOnly || isFailure(event)),
    pause: () => new Promise((resolve) => setTimeout(resolve, pauseMs)),
  });
}
