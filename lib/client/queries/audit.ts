import { infiniteQueryOptions } from "@tanstack/react-query";
import type { AuditNoun } from "@/lib/core/audit/actions";
import { readAudit } from "../api/audit";

const renewMs = 5_000;

/** Queries of the audit log. No key is written anywhere else. */
export const auditQueries = {
  entries: (about: AuditNoun | null) =>
    infiniteQueryOptions({
      queryKey: ["audit", about] as const,
      queryFn: ({ pageParam, signal }) => readAudit({ about, cursor: pageParam }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      // Who has read back is not read all of it again.
      refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : renewMs),
    }),
};
