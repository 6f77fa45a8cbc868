import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { Approval, DecisionRequest } from "@/lib/core/api/approval";
import { stringifyExact } from "@/lib/core/exact-json";
import { refusedApproval, sendDecision } from "../api/approvals";
import { randomKey } from "../api/random-key";
import { decidedNow } from "../approvals/decided-now";
import { approvalQueries } from "../queries/approvals";
import { serverNowMs } from "../time/shared-clock";

export type Wanted = Omit<DecisionRequest, "actionHash">;

type Told = {
  /** `mine` = else somebody was faster. */
  readonly onDecided: (decided: Approval, mine: boolean) => void;
  /** It is as undecided as it was. */
  readonly onFailed: (error: Error) => void;
};

/**
 * Decides a request: shown as decided at once, taken back when the server refuses, replaced by what the server has when somebody
 * was faster. What came of it is told also when the page shows something else by then. The same decision has the same Idempotency-Key, so that a second try after a lost reply is no second decision.
 */
export function useDecide(approval: Approval, { onDecided, onFailed }: Told) {
  const client = useQueryClient();
  const { queryKey } = approvalQueries.approval(approval.id);
  const keys = useRef(new Map<string, string>());
  const keyOf = (wanted: Wanted): string => {
    const text = `${approval.id} ${stringifyExact(wanted)}`;
    const key = keys.current.get(text) ?? randomKey();
    keys.current.set(text, key);
    return key;
  };
  const mutation = useMutation({
    mutationFn: (wanted: Wanted) => sendDecision({ approval, wanted, idempotencyKey: keyOf(wanted) }),
    onMutate: async (wanted) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, decidedNow(approval, wanted, serverNowMs()));
    },
    onSuccess: (decided) => {
      client.setQueryData(queryKey, decided);
      onDecided(decided, true);
    },
    onError: (error) => {
      const decided = refusedApproval(error);
      client.setQueryData(queryKey, decided ?? approval);
      if (decided) onDecided(decided, false);
      else onFailed(error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: approvalQueries.approvals }),
  });
  return {
    decide: (wanted: Wanted) => mutation.mutate(wanted),
    isPending: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  };
}

export type Deciding = ReturnType<typeof useDecide>;
