import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeApprovalPolicy, revokeStanding } from "../api/standing";
import { approvalQueries } from "../queries/approvals";
import { standingQueries } from "../queries/standing";

/** What is allowed in advance now, in the project or in one run; read again whenever approvals are. */
export function useStanding(run: string | null) {
  const client = useQueryClient();
  return {
    list: useQuery(standingQueries.standing(run)),
    revoke: useMutation({
      mutationFn: revokeStanding,
      onSettled: () => client.invalidateQueries({ queryKey: approvalQueries.approvals }),
    }),
  };
}

/** How the project treats what it is asked. */
export function useApprovalPolicy() {
  const client = useQueryClient();
  const { queryKey } = standingQueries.approvalPolicy();
  return {
    policy: useQuery(standingQueries.approvalPolicy()),
    change: useMutation({ mutationFn: changeApprovalPolicy, onSuccess: (policy) => client.setQueryData(queryKey, policy) }),
  };
}
