"use client";
import { DialectBadge } from "@/components/ui/badge";
import { BareButton } from "@/components/ui/bare-button";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { ApprovalsView } from "@/lib/client/hooks/use-approvals";
import type { Approval } from "@/lib/core/api/approval";
import { ApprovalStatusText, kindWords } from "./approval-looks";
import { TimeLeft } from "./time-left";

type ApprovalListProps = {
  readonly approvals: readonly Approval[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  readonly more: ApprovalsView["more"];
};

/** The id of a row's button, so that keys can bring it into sight. */
export const approvalRowId = (id: string): string => `approval-${id}`;

export function ApprovalRows({ approvals, selectedId, onSelect, more }: ApprovalListProps) {
  return (
    <ul aria-label="Requests" className="divide-y">
      {approvals.map((approval) => (
        <li key={approval.id}>
          <ApprovalRow approval={approval} selected={approval.id === selectedId} onSelect={onSelect} />
        </li>
      ))}
      {more.hasMore && (
        <li className="flex justify-center py-2">
          <Button look="quiet" size="small" disabled={more.loadingMore} onClick={more.loadMore}>
            {more.loadingMore ? "Loading" : "Load more"}
          </Button>
        </li>
      )}
    </ul>
  );
}

type RowProps = { readonly approval: Approval; readonly selected: boolean; readonly onSelect: (id: string) => void };

function ApprovalRow({ approval, selected, onSelect }: RowProps) {
  const waits = approval.status === "pending";
  return (
    <BareButton
      id={approvalRowId(approval.id)}
      aria-current={selected ? "true" : undefined}
      onClick={() => onSelect(approval.id)}
      className={classNames(
        "block w-full px-4 py-2 text-left outline-offset-[-2px] pointer-coarse:py-3",
        selected ? "bg-selected" : "hover:bg-hover",
      )}
    >
      <span className="flex items-center gap-2">
        <span className={classNames("min-w-0 flex-1 truncate font-medium", approval.tool !== null && "font-code")}>
          <SafeText text={(approval.tool ?? approval.question ?? kindWords[approval.kind]).slice(0, 160)} />
        </span>
        <span className="shrink-0 text-meta text-muted">
          {waits ? <TimeLeft expiresAt={approval.expiresAt} /> : <ApprovalStatusText status={approval.status} />}
        </span>
      </span>
      <span className="mt-0.5 flex items-center gap-2 text-meta text-muted">
        <span className="min-w-0 flex-1 truncate" dir="auto">
          <SafeText text={(approval.run.name ?? approval.run.externalId).slice(0, 160)} />
        </span>
        <DialectBadge dialect={approval.run.dialect} className="max-sm:hidden" />
        <RelativeTime at={waits ? approval.askedAt : (approval.decision?.at ?? approval.askedAt)} className="shrink-0" />
      </span>
    </BareButton>
  );
}
