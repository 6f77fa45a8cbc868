import { type MutationFunction, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { callAgain, changeSource, changeStream, createSource, deleteSource, followStream, forgetStream, testSource } from "../api/sources";
import { sourceQueries } from "../queries/sources";

/** Sources with their streams, renewed while one looks. */
export function useSources() {
  return useQuery(sourceQueries.sources());
}

function useSourceMutation<Result, Wish>(mutationFn: MutationFunction<Result, Wish>) {
  const client = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => client.invalidateQueries(sourceQueries.sources()) });
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
  return useQuery(sourceQueries.sourceCalls(about));
}

export function useCallAgain(about: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callAgain(about),
    onSuccess: (calls) => client.setQueryData(sourceQueries.sourceCalls(about).queryKey, calls),
  });
}
