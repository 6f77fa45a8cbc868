import { useQuery } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { RunSnapshot } from "../api/run-parts";
import { runQueries } from "../queries/run";
import type { RunOpening } from "../runs/run-rows";
import { runStore } from "../runs/run-store";
import { type Connection, useConnection } from "./use-connection";

export type { RunSnapshot } from "../api/run-parts";
export type { RunOpening } from "../runs/run-rows";

/** A run and its state, read once; a page that the server gave them reads nothing, and one that it told how long the run is reads sooner. */
export function useRunSnapshot(runId: string, { initial, opening }: { initial?: RunSnapshot; opening?: RunOpening } = {}) {
  return useQuery({ ...runQueries.runSnapshot(runId, opening), ...(initial ? { initialData: initial } : {}) });
}

/** The run as it is now: begins at `initial`, then folds what the stream brings, at most once per animation frame. */
export function useRunState(runId: string, initial: RunSnapshot): RunSnapshot & { readonly connection: Connection } {
  // Open before the first effects: the parts of a page that the server drew have theirs before the page has its own.
  if (typeof window !== "undefined") runStore(runId, initial);
  const subscribe = useCallback((listener: () => void) => runStore(runId, initial).subscribe(listener), [runId, initial]);
  const snapshot = useSyncExternalStore(
    subscribe,
    () => runStore(runId, initial).getSnapshot(),
    () => initial,
  );
  const connection = useConnection();
  return { run: snapshot.run, state: snapshot.state, connection };
}
