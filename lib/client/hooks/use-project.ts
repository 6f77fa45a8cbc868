import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createKey, revokeKey, signOut, startDemo, stopDemo } from "../api/project";
import { projectQueries } from "../queries/project";

export { type ApiKey, type KeyScope, keyScopes, type NewApiKey } from "../api/project";

export function useHealth() {
  return useQuery(projectQueries.health());
}

export function useKeys() {
  return useQuery(projectQueries.keys());
}

export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: createKey, onSuccess: () => client.invalidateQueries(projectQueries.keys()) });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({ mutationFn: revokeKey, onSuccess: () => client.invalidateQueries(projectQueries.keys()) });
}

/** The demo agents: whether they run, and both switches. */
export function useDemo() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries(projectQueries.demo());
  const status = useQuery(projectQueries.demo());
  const start = useMutation({ mutationFn: startDemo, onSuccess: refresh });
  const stop = useMutation({ mutationFn: stopDemo, onSuccess: refresh });
  return { running: status.data?.running ?? null, start, stop };
}

export function useSignOut() {
  return useMutation({ mutationFn: signOut, onSuccess: () => location.assign("/signed-out") });
}
