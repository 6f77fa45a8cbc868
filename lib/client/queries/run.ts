import { queryOptions } from "@tanstack/react-query";
import { readRunControl } from "../api/control";
import { readCostLines } from "../api/cost-lines";
import { readEventPage, readLastEvents, readRawEvent } from "../api/run-parts";
import type { RunOpening } from "../runs/run-rows";

/** What a glance at a run shows of its end. */
const recentSize = 8;

/** Queries of what a run holds; its header is one of lists (./runs). No key is written anywhere else. */
export const runQueries = {
  recentEvents: (runId: string, ended: boolean) =>
    queryOptions({
      queryKey: ["run", runId, "recent", ended] as const,
      queryFn: async ({ signal }) => (await readLastEvents(runId, recentSize, signal)).events,
      staleTime: 1_000,
    }),
  /** The key that everything about a run's control begins with. */
  control: (runId: string) => ["run", runId, "control"] as const,
  /** Once a second for as long as a request is under way. */
  runControl: (runId: string, version: string) =>
    queryOptions({
      queryKey: [...runQueries.control(runId), version] as const,
      queryFn: ({ signal }) => readRunControl(runId, signal),
      refetchInterval: ({ state }) => (state.data?.latest?.outcome === "open" ? 1_000 : 15_000),
    }),
  /** Read anew each time: estimates and prices may have changed, and the run not. */
  costLines: (runId: string, at: number) =>
    queryOptions({
      queryKey: ["run", runId, "cost-lines", at] as const,
      queryFn: ({ signal }) => readCostLines(runId, Math.max(1, at), signal),
      gcTime: 0,
    }),
  runSnapshot: (runId: string, opening?: RunOpening) =>
    queryOptions({
      queryKey: ["run", runId, "snapshot"],
      // What puts a run together is loaded by the pages that show one, not by the list.
      queryFn: async ({ signal }) => {
        const { openRun, rowReads } = await import("../runs/run-rows");
        return openRun(rowReads(runId, signal), { opening });
      },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
    }),
  eventsBefore: (runId: string, seq: number) =>
    queryOptions({
      queryKey: ["run", runId, "before", seq],
      queryFn: async ({ signal }) => (await readEventPage(runId, { from: Math.max(1, seq - 4), limit: 5 }, signal)).events,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  rawEvent: (runId: string, seq: number) =>
    queryOptions({
      queryKey: ["run", runId, "raw", seq],
      queryFn: ({ signal }) => readRawEvent(runId, seq, signal),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
