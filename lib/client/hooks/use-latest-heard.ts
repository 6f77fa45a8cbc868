import { useState } from "react";
import type { RunSummary } from "@/lib/core/api/run";
import { useFeed } from "./use-feed";

/** The run that was heard of last since the page was opened; null until the first. */
export function useLatestHeard(): RunSummary | null {
  const [latest, setLatest] = useState<RunSummary | null>(null);
  useFeed({ onFrames: (frames) => setLatest(frames.at(-1)?.run ?? null), onStart: () => {} });
  return latest;
}
