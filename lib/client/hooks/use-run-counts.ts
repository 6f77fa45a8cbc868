import { useQuery } from "@tanstack/react-query";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { runsQueries } from "../queries/runs";
import { useFeed } from "./use-feed";
import { useRenewal } from "./use-renewal";

/** A busy floor asks no more often than this; a quiet one asks anew now and then, because runs stall without a word. */
const everyMs = 1_500;

/** The figures above the list of runs, kept current by the feed; undefined until they were read. */
export function useRunCounts(): RunCounts | undefined {
  const { data } = useQuery(runsQueries.runCounts());
  const renew = useRenewal(runsQueries.runCounts().queryKey, { everyMs });
  useFeed({ onFrames: renew, onStart: renew });
  return data;
}
