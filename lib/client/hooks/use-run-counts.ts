import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { RunStatus } from "@/lib/core/run/status";
import { queries } from "../queries";
import { type CountedRuns, recount } from "../runs/recount";
import { useFeed } from "./use-feed";

export const countedStatuses = ["running", "waiting", "failed"] as const satisfies readonly RunStatus[];
export type CountedStatus = (typeof countedStatuses)[number];

/** `more`: there are at least `count`. null = not known yet. */
export type RunCount = { readonly count: number; readonly more: boolean } | null;

/** How many runs are in each of the counted statuses, kept current by the feed. */
export function useRunCounts(): Record<CountedStatus, RunCount> {
  const client = useQueryClient();
  const running = useQuery(queries.runCount("running"));
  const waiting = useQuery(queries.runCount("waiting"));
  const failed = useQuery(queries.runCount("failed"));
  useFeed({
    onFrames: (frames) => {
      for (const status of countedStatuses) {
        client.setQueryData(queries.runCount(status).queryKey, (known) => known && recount(known, status, frames));
      }
    },
    onStart: () => void client.invalidateQueries({ queryKey: queries.runCounts }),
  });
  return { running: countOf(running.data), waiting: countOf(waiting.data), failed: countOf(failed.data) };
}

function countOf(known: CountedRuns | undefined): RunCount {
  return known ? { count: known.ids.length, more: known.more } : null;
}
