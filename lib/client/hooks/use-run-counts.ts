import { useQueries, useQueryClient } from "@tanstack/react-query";
import type { RunStatus } from "@/lib/core/run/status";
import { queries } from "../queries";
import { useFeed } from "./use-feed";

export const countedStatuses = ["running", "waiting", "failed"] as const satisfies readonly RunStatus[];
export type CountedStatus = (typeof countedStatuses)[number];

/** `more`: there are at least `count`. null = not known yet. */
export type RunCount = { readonly count: number; readonly more: boolean } | null;

/** How many runs are in each of the counted statuses, kept current by the feed. */
export function useRunCounts(): Record<CountedStatus, RunCount> {
  const client = useQueryClient();
  const results = useQueries({ queries: countedStatuses.map((status) => queries.runCount(status)) });
  useFeed({
    onFrames: (frames) => {
      for (const status of countedStatuses) {
        client.setQueryData(queries.runCount(status).queryKey, (known) => {
          if (!known) return known;
          const ids = new Set(known.ids);
          for (const { run } of frames) {
            if (run.status === status) ids.add(run.id);
            else ids.delete(run.id);
          }
          const same = ids.size === known.ids.length && known.ids.every((id) => ids.has(id));
          return same ? known : { ...known, ids: [...ids] };
        });
      }
    },
    onStart: () => void client.invalidateQueries({ queryKey: ["runs", "count"] }),
  });
  const counts = {} as Record<CountedStatus, RunCount>;
  for (const [index, status] of countedStatuses.entries()) {
    const known = results[index]?.data;
    counts[status] = known ? { count: known.ids.length, more: known.more } : null;
  }
  return counts;
}
