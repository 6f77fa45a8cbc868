"use client";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/figures";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import type { Approval } from "@/lib/core/api/approval";
import { expiryWords } from "@/lib/core/approvals/expiry-words";
import { signature } from "@/lib/core/members/signatures";
import { ApprovalStatusText } from "./approval-looks";
import { argumentText } from "./argument-text";
import { ReceiptLine } from "./receipt-line";
import { SourceCalls } from "./source-calls";

/** What became of a request that waits no longer: by whom, when, why, and how far it came. */
export function Outcome({ approval }: { readonly approval: Approval }) {
  const { decision, receipt } = approval;
  return (
    <section aria-label="Outcome" aria-live="polite" className="flex flex-col gap-2 rounded-box border bg-panel p-3">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <ApprovalStatusText status={approval.status} className="self-center font-medium" />
        <Words approval={approval} />
      </p>
      {decision?.comment && (
        <Said title="Reason">
          <SafeText text={decision.comment} />
        </Said>
      )}
      {decision?.decision === "answer" && (
        <Said title="Answer">
          <SafeText text={typeof decision.answer === "string" ? decision.answer : argumentText(decision.answer)} />
        </Said>
      )}
      {decision?.decision === "edit" && (
        <Said title="With these arguments instead" code>
          <SafeText text={argumentText(decision.editedArguments)} />
        </Said>
      )}
      {receipt && decision && (
        <div className="flex flex-col gap-1.5 border-t pt-2 text-meta">
          <ReceiptLine receipt={receipt} decidedAt={decision.at} />
          <SourceCalls about={`/api/approvals/${approval.id}`} needs="decide" />
        </div>
      )}
    </section>
  );
}

function Words({ approval }: { readonly approval: Approval }) {
  const { decision, status } = approval;
  if (status === "superseded")
    return (
      <span className="text-muted">
        The agent now asks for something else.{" "}
        {approval.supersededBy && (
          <Link
            href={`/approvals?id=${approval.supersededBy}`}
            className="rounded-row text-accent hover:underline pointer-coarse:inline-flex pointer-coarse:min-h-10 pointer-coarse:items-center"
          >
            View new request
          </Link>
        )}
      </span>
    );
  if (status === "cancelled") return <span className="text-muted">The run ended before anybody decided.</span>;
  if (decision === null) return null;
  if (status === "expired")
    return (
      <span className="text-muted">
        {expiryWords(approval)} <RelativeTime at={decision.at} />
      </span>
    );
  return (
    <span className="text-muted">
      by <SafeText text={decision.by ?? signature.unknown} className="font-medium text-ink" /> <RelativeTime at={decision.at} />
      {decision.through === "source" && ", as reported by the agent's own system"}
      {decision.decision === "edit" && ", with edited arguments"}
    </span>
  );
}

function Said({ title, code = false, children }: { readonly title: string; readonly code?: boolean; readonly children: ReactNode }) {
  return (
    <div>
      <p className="text-faint text-meta">{title}</p>
      <div className={code ? "whitespace-pre-wrap break-words font-code [overflow-wrap:anywhere]" : "break-words [overflow-wrap:anywhere]"}>
        {children}
      </div>
    </div>
  );
}
