import { type MutationFunction, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callAgain, changeSource, changeStream, createSource, deleteSource, followStream, forgetStream, testSource } from "../api/sources";
import { queries } from "../queries";

/** Sources with their streams, renewed while one looks. */
export function useSources() {
  return useQuery(queries.sources());
}

function useSourceMutation<Result, Wish>(mutationFn: MutationFunction<Result, Wish>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries(queries.sources()) });
}

export const useCreateSource = () => useSourceMutation(createSource);
export const useChangeSource = () => useSourceMutation(changeSource);
export const useDeleteSource = () => useSourceMutation(deleteSource);
export const useFollowStream = () => useSourceMutation(followStream);
export const useChangeStream = () => useSourceMutation(changeStream);
export const useForgetStream = () => useSourceMutation(forgetStream);
export const useTestSource = () => useMutation({ mutationFn: testSource });

/** What brought a decision or control request to its source. `about` = its address in our API. */
export function useSourceCalls(about: string) {
  return useQuery(queries.sourceCalls(about));
}

export function useCallAgain(about: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callAgain(about),
    onSuccess: (calls) => client.setQueryData(queries.sourceCalls(about).queryKey, calls),
  });
}
