import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ApprovalPolicy } from "@/lib/core/approvals/policy";
import { rebase } from "@/lib/core/rebase";
import { changeApprovalPolicy, readApprovalPolicy, revokeStanding } from "../api/standing";
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

type PolicyChange = { readonly from: ApprovalPolicy; readonly to: ApprovalPolicy };

/** How the project treats what it is asked. What others have changed since it was read stays. */
export function useApprovalPolicy() {
  const client = useQueryClient();
  const { queryKey } = standingQueries.approvalPolicy();
  return {
    policy: useQuery(standingQueries.approvalPolicy()),
    change: useMutation({
      mutationFn: async (change: PolicyChange) => changeApprovalPolicy(rebase(await readApprovalPolicy(), change)),
      onSuccess: (policy) => client.setQueryData(queryKey, policy),
    }),
  };
}
