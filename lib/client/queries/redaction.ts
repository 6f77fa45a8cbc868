import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RedactionTrial } from "@/lib/core/api/redaction";
import { readRedaction, tryRedaction } from "../api/redaction";

/** Queries of redaction. No key is written anywhere else. */
export const redactionQueries = {
  policy: () => queryOptions({ queryKey: ["redaction"], queryFn: ({ signal }) => readRedaction(signal) }),
  /** The same text under the same policy comes out alike; what was shown stays until the next is there. */
  trial: (trial: RedactionTrial) =>
    queryOptions({
      queryKey: ["redaction", "trial", trial],
      queryFn: ({ signal }) => tryRedaction(trial, signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      retry: false,
      placeholderData: keepPreviousData,
    }),
};
