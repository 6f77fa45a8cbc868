"use client";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { useApproval } from "@/lib/client/hooks/use-approvals";
import type { Approval } from "@/lib/core/api/approval";

type LinkedApprovalProps = {
  readonly id: string;
  /** As the list shows it; a link may lead to one that is in no list. */
  readonly listed: Approval | undefined;
  readonly children: (approval: Approval) => ReactNode;
};

/** The request that the address names. */
export function LinkedApproval({ id, listed, children }: LinkedApprovalProps) {
  const { data, error, refetch } = useApproval(id, listed);
  if (data) return children(data);
  if (error) return <ErrorState className="m-4" title="This request could not be loaded." error={error} onRetry={() => void refetch()} />;
  return <SkeletonRows rows={5} className="pt-3" />;
}
