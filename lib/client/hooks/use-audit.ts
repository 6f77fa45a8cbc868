import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import type { AuditNoun } from "@/lib/core/audit/actions";
import { verifyAudit } from "../api/audit";
import { auditQueries } from "../queries/audit";

/** The audit log, newest first, and whether it is as it was written. */
export function useAudit(about: AuditNoun | null) {
  return { list: useInfiniteQuery(auditQueries.entries(about)), check: useMutation({ mutationFn: verifyAudit }) };
}
