import { queryOptions } from "@tanstack/react-query";
import { readApprovalPolicy, readStanding } from "../api/standing";
import { approvalQueries } from "./approvals";

/** Queries of standing permissions and the approval policy. No key is written anywhere else. */
export const standingQueries = {
  /** Under the key of approvals: a use is a decision, and is heard as one. */
  standing: (run: string | null) =>
    queryOptions({
      queryKey: [...approvalQueries.approvals, "standing", run] as const,
      queryFn: ({ signal }) => readStanding(run, signal),
      refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? 5_000 : false),
    }),
  approvalPolicy: () => queryOptions({ queryKey: ["approval-policy"], queryFn: ({ signal }) => readApprovalPolicy(signal) }),
};
