import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createKey, revokeKey, signOut, startDemo, stopDemo } from "../api/project";
import { queries } from "../queries";

export { type ApiKey, type KeyScope, keyScopes, type NewApiKey } from "../api/project";

export function useHealth() {
  return useQuery(queries.health());
}

export function useKeys() {
  return useQuery(queries.keys());
}

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: createKey, onSuccess: () => client.invalidateQueries(queries.keys()) });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: revokeKey, onSuccess: () => client.invalidateQueries(queries.keys()) });
}

/** The demo agents: whether they run, and both switches. */
export function useDemo() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(queries.demo());
  const status = useQuery(queries.demo());
  const start = useMutation({ mutationFn: startDemo, onSuccess: refresh });
  const stop = useMutation({ mutationFn: stopDemo, onSuccess: refresh });
  return { running: status.data?.running ?? null, start, stop };
}

export function useSignOut() {
  return useMutation({ mutationFn: signOut, onSuccess: () => location.assign("/signed-out") });
}
