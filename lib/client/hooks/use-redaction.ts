import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { rebase } from "@/lib/core/rebase";
import type { RedactionPolicy } from "@/lib/core/redaction/policy";
import { changeRedaction, readRedaction } from "../api/redaction";
import { redactionQueries } from "../queries/redaction";

type Change = { readonly from: RedactionPolicy; readonly to: RedactionPolicy };

/**
 * What the project takes out of events before they are stored. Changes are sent one behind the other, in the order in
 * which they were made: nobody has to wait for one before making the next. What others have changed since it was read stays.
 */
export function useRedaction() {
  const client = useQueryClient();
  const { queryKey } = redactionQueries.policy();
  return {
    policy: useQuery(redactionQueries.policy()),
    change: useMutation({
      mutationFn: async (change: Change) => changeRedaction(rebase(await readRedaction(), change)),
      scope: { id: "redaction" },
      onSuccess: (policy) => client.setQueryData(queryKey, policy),
    }),
  };
}

/** What would be stored of a text under a policy, as it is typed. */
export function useRedactionTrial(policy: RedactionPolicy, text: string) {
  const trial = useDeferredValue({ policy, text });
  return useQuery({ ...redactionQueries.trial(trial), enabled: trial.text.trim() !== "" });
}
