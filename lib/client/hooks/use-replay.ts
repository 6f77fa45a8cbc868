import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunState } from "@/lib/core/run/state";
import { toRunSummary } from "@/lib/core/run/summary";
import type { RunSnapshot } from "../api/run-parts";
import { nothingShown, type PastView } from "../runs/run-past";
import { runStore } from "../runs/run-store";

export type Replay = {
  /** The run as of the shown position; null = as it is now. While another position is on its way the last one stays. */
  readonly shown: (RunSnapshot & { readonly seq: number }) | null;
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** When an event happened; undefined = not read yet, null = gone from the log. */
  readonly timeOf: (seq: number) => number | null | undefined;
  readonly readAhead: (seq: number) => void;
};

/** A run as of event `at`, or as it is now where `at` is null. Live events keep being folded beside it. */
export function useReplay(live: RunSnapshot, at: number | null): Replay {
  const [initial] = useState(live);
  const runId = live.run.id;
  // Not while rendering: on the server a store would outlive the request.
  const pastOf = useCallback(() => runStore(runId, initial).past, [runId, initial]);
  const subscribe = useCallback((listener: () => void) => pastOf().subscribe(listener), [pastOf]);
  const view = useSyncExternalStore(
    subscribe,
    () => pastOf().view(),
    () => nothingShown,
  );
  const lastSeq = live.state.lifecycle.lastSeq;
  const isPast = at !== null;
  useEffect(() => {
    if (at === null) pastOf().leave();
    else pastOf().show(at);
  }, [pastOf, at]);
  const shown = useShown(live.run, isPast ? view : null);
  return {
    ...{ shown, isLoading: isPast && (view.isLoading || shown === null) && view.error === null, error: isPast ? view.error : null },
    retry: () => at !== null && pastOf().show(at),
    timeOf: (seq) => pastOf().timeOf(seq),
    readAhead: (seq) => pastOf().readAhead(seq, lastSeq),
  };
}

function useShown(run: RunSummary, view: PastView | null): Replay["shown"] {
  const { id, externalId, dialect, source, environment = null, createdAt } = run;
  const state = view?.state ?? null;
  const seq = view?.shownSeq ?? null;
  return useMemo(() => {
    if (state === null || seq === null) return null;
    const summary = toRunSummary({ id, externalId, dialect, source, environment, createdAtMs: Date.parse(createdAt) }, state);
    return { run: { ...summary, durationMs: summary.durationMs ?? elapsedThen(state) }, state, seq };
  }, [state, seq, id, externalId, dialect, source, environment, createdAt]);
}

/** How long the run had been going on at its latest event: no clock ticks in the past. */
function elapsedThen({ lifecycle }: RunState): number | null {
  const { startedAtMs, lastEventAtMs } = lifecycle;
  return startedAtMs === null || lastEventAtMs === null ? null : Math.max(0, lastEventAtMs - startedAtMs);
}
