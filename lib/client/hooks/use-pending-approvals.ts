import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import type { Approval } from "@/lib/core/api/approval";
import { approvalQueries } from "../queries/approvals";
import { useFeed } from "./use-feed";
import { useRenewal } from "./use-renewal";

/** Renews what is known of approvals when the feed tells of a run that asks, asked, or is shown. */
export function useApprovalNews(shown: readonly Approval[]): void {
  const runs = useMemo(() => new Set(shown.map(({ run }) => run.id)), [shown]);
  const asking = useRef(new Set<string>());
  const renew = useRenewal(approvalQueries.approvals);
  useFeed({
    onFrames: (frames) => {
      for (const { run } of frames) {
        const asks = run.pendingApprovals > 0;
        if (asks || asking.current.has(run.id) || runs.has(run.id)) renew();
        if (asks) asking.current.add(run.id);
        else asking.current.delete(run.id);
      }
    },
    onStart: renew,
  });
}

const none: readonly Approval[] = [];

/** How many requests wait in the project; null = not known yet. */
export function usePendingApprovals(): number | null {
  const { data } = useQuery(approvalQueries.pendingApprovals());
  useApprovalNews(none);
  return data ?? null;
}
