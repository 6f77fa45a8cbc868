import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef } from "react";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { runsQueries } from "../queries/runs";
import { useFeed } from "./use-feed";

/** A busy floor asks no more often than this; a quiet one asks anew now and then, because runs stall without a word. */
const renewedMs = 1_500;

/** The figures above the list of runs, kept current by the feed; undefined until they were read. */
export function useRunCounts(): RunCounts | undefined {
  const client = useQueryClient();
  const { data } = useQuery(runsQueries.runCounts());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const renew = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: runsQueries.runCounts().queryKey });
    }, renewedMs);
  }, [client]);
  useFeed({ onFrames: renew, onStart: renew });
  return data;
}
