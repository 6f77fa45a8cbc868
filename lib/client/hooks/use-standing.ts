import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeApprovalPolicy, revokeStanding } from "../api/standing";
import { queries } from "../queries";

/** What is allowed in advance now, in the project or in one run; read again whenever approvals are. */
export function useStanding(run: string | null) {
  const client = useQueryClient();
  return {
    list: useQuery(queries.standing(run)),
    revoke: useMutation({
      mutationFn: revokeStanding,
      onSettled: () => client.invalidateQueries({ queryKey: queries.approvals }),
    }),
  };
}

/** How the project treats what it is asked. */
export function useApprovalPolicy() {
  const client = useQueryClient();
  const { queryKey } = queries.approvalPolicy();
  return {
    policy: useQuery(queries.approvalPolicy()),
    change: useMutation({ mutationFn: changeApprovalPolicy, onSuccess: (policy) => client.setQueryData(queryKey, policy) }),
  };
}
