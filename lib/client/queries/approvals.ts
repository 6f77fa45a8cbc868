import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { ApprovalTab } from "@/lib/core/approvals/tabs";
import { readApproval, readApprovals, readRunApprovals } from "../api/approvals";

/** What waits mostly comes whole, most urgent first; the past comes in pages. */
export const approvalsPageSize = (tab: ApprovalTab): number => (tab === "waiting" ? 500 : 50);

/** Queries of approvals. No key is written anywhere else. */
export const approvalQueries = {
  /** The key that everything about approvals begins with. */
  approvals: ["approvals"] as const,
  approvalList: (tab: ApprovalTab) =>
    infiniteQueryOptions({
      queryKey: [...approvalQueries.approvals, "list", tab],
      queryFn: ({ pageParam, signal }) => readApprovals({ tab, limit: approvalsPageSize(tab), cursor: pageParam }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  approval: (id: string) =>
    queryOptions({ queryKey: [...approvalQueries.approvals, "one", id], queryFn: ({ signal }) => readApproval(id, signal) }),
  runApprovals: (run: string, version: string) =>
    queryOptions({
      queryKey: [...approvalQueries.approvals, "run", run, version],
      queryFn: ({ signal }) => readRunApprovals(run, approvalsPageSize("waiting"), signal),
    }),
  pendingApprovals: () =>
    queryOptions({
      queryKey: [...approvalQueries.approvals, "pending"],
      queryFn: async ({ signal }) => (await readApprovals({ tab: "waiting", limit: 1 }, signal)).pending,
    }),
};
