import { queryOptions } from "@tanstack/react-query";
import { readSourceCalls, readSources } from "../api/sources";

/** Queries of sources. No key is written anywhere else. */
export const sourceQueries = {
  sources: () => queryOptions({ queryKey: ["sources"], queryFn: ({ signal }) => readSources(signal), refetchInterval: 2_000 }),
  /** Soon again while an attempt is due. */
  sourceCalls: (about: string) =>
    queryOptions({
      queryKey: ["source-calls", about],
      queryFn: ({ signal }) => readSourceCalls(about, signal),
      refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === "pending") ? 1_000 : 15_000),
    }),
};
