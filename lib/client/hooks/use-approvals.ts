import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Approval, ApprovalList } from "@/lib/core/api/approval";
import type { ApprovalTab } from "@/lib/core/approvals/tabs";
import { approvalQueries } from "../queries/approvals";
import { serverNowMs } from "../time/shared-clock";
import { useMore } from "./use-more";
import { useApprovalNews } from "./use-pending-approvals";

export type ApprovalsView = {
  readonly approvals: readonly Approval[];
  /** How many wait in the project; null = not known yet. */
  readonly pending: number | null;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly more: ReturnType<typeof useMore>;
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
    more: useMore(query),
  };
}

/** How long a decision's way to the agent is watched closely. */
const followedMs = 120_000;

function isOnItsWay(approval: Approval | undefined): boolean {
  const { decision = null, receipt = null } = approval ?? {};
  if (decision === null || receipt === null || receipt.resumedAt !== null) return false;
  return serverNowMs() - Date.parse(decision.at) < followedMs;
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
