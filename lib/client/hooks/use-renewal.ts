import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { renewQueries } from "../queries/renew-queries";

/** The call that says that what the queries below this key read has changed; see `renewQueries`. */
export function useRenewal(queryKey: QueryKey, pace: { readonly everyMs?: number } = {}): () => void {
  const client = useQueryClient();
  return () => renewQueries(client, queryKey, pace);
}
