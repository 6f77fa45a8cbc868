import { useState } from "react";
import type { RunSummary } from "@/lib/core/api/run";
import { useFeed } from "./use-feed";

const mostHeard = 5;

/** The runs that were heard of since the page was opened, latest first; at most five. */
export function useHeardRuns(): readonly RunSummary[] {
  const [heard, setHeard] = useState<readonly RunSummary[]>([]);
  useFeed({
    onFrames: (frames) =>
      setHeard((before) => {
        const runs = new Map(before.map((run) => [run.id, run]));
        for (const { run } of frames) runs.set(run.id, run);
        return [...runs.values()].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, mostHeard);
      }),
    onStart: () => {},
  });
  return heard;
}
