import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import type { Approval, ApprovalList } from "@/lib/core/api/approval";
import type { ApprovalTab } from "@/lib/core/approvals/tabs";
import { approvalQueries } from "../queries/approvals";
import { useFeed } from "./use-feed";
import { useRenewal } from "./use-renewal";

/** Renews what is known of approvals when the feed tells of a run that asks, asked, or is shown. */
function useApprovalNews(shown: readonly Approval[]): void {
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

export type ApprovalsView = {
  readonly approvals: readonly Approval[];
  /** How many wait in the project; null = not known yet. */
  readonly pending: number | null;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly loadMore: (() => void) | null;
};

/** One of the three lists, kept current by the feed. */
export function useApprovals(tab: ApprovalTab): ApprovalsView {
  const query = useInfiniteQuery(approvalQueries.approvalList(tab));
  const approvals = useMemo(() => query.data?.pages.flatMap((page) => page.approvals) ?? [], [query.data]);
  useApprovalNews(approvals);
  return {
    approvals,
    pending: query.data?.pages[0]?.pending ?? null,
    isPending: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    loadMore: query.hasNextPage && !query.isFetchingNextPage ? () => void query.fetchNextPage() : null,
  };
}

/** How long a decision's way to the agent is watched closely. */
const followedMs = 120_000;

function isOnItsWay(approval: Approval | undefined): boolean {
  const { decision = null, receipt = null } = approval ?? {};
  if (decision === null || receipt === null || receipt.resumedAt !== null) return false;
  return Date.now() - Date.parse(decision.at) < followedMs;
}

/** One request; while its decision is on its way to the agent it is read again each second. `known`: as a list shows it. */
export function useApproval(id: string | null, known?: Approval) {
  return useQuery({
    ...approvalQueries.approval(id ?? ""),
    enabled: id !== null,
    ...(known ? { initialData: known, initialDataUpdatedAt: 0 } : {}),
    refetchInterval: ({ state }) => (isOnItsWay(state.data) ? 1_000 : false),
  });
}

type RunApprovals = {
  readonly waiting: boolean;
  /** Changes when the run's own log says that something changed. */
  readonly version: string;
  /** What the server drew the page with; shown until it is read anew. */
  readonly drawn: ApprovalList | null;
};

/** What waits in one run, most urgent first. */
export function useRunApprovals(runId: string, { waiting, version, drawn }: RunApprovals): readonly Approval[] {
  const placeholderData = (before?: ApprovalList) => before ?? drawn ?? undefined;
  const { data } = useQuery({ ...approvalQueries.runApprovals(runId, version), enabled: waiting, placeholderData });
  return waiting && data ? data.approvals : none;
}

const none: readonly Approval[] = [];

/** How many requests wait in the project; null = not known yet. */
export function usePendingApprovals(): number | null {
  const { data } = useQuery(approvalQueries.pendingApprovals());
  useApprovalNews(none);
  return data ?? null;
}
