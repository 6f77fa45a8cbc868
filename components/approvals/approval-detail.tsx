"use client";
import { ArrowLeft, ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";
import { DialectBadge } from "@/components/ui/badge";
import { Duration, RelativeTime } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { SafeText } from "@/components/ui/safe-text";
import { ShortId } from "@/components/ui/short-id";
import { useApproval } from "@/lib/client/hooks/use-approvals";
import type { Approval } from "@/lib/core/api/approval";
import { kindWords } from "./approval-looks";
import { AskedAction, asksForAction, useDrawnWhole } from "./asked-action";
import { DecideControls } from "./decide-controls";
import { EventsBefore } from "./events-before";
import { ReplacedBy } from "./replaced-by";
import { TimeLeft } from "./time-left";
import { useTakenIn } from "./use-taken-in";
import { useToldDecide } from "./use-told-decide";

type ApprovalDetailProps = {
  readonly approval: Approval;
  /** Back to the list, where both do not fit side by side. */
  readonly onBack: (() => void) | null;
  readonly onDecided: (id: string) => void;
  /** To the next one that waits. */
  readonly next?: ReactNode;
  /** Come to by that of another one: its buttons stand where it was pressed. */
  readonly isNext: boolean;
};

/** One request, to be decided: what would be done first, the agent's own words after it and marked as such. */
export function ApprovalDetail({ approval: listed, onBack, onDecided, next, isNext }: ApprovalDetailProps) {
  const approval = useApproval(listed.id, listed).data ?? listed;
  const deciding = useToldDecide(approval);
  const drawn = useDrawnWhole(approval);
  const asleep = useTakenIn(isNext);
  const waits = approval.status === "pending";
  return (
    <article aria-label="Request" className="flex h-full min-h-0 flex-col short:overflow-y-auto">
      <DetailHead approval={approval} onBack={onBack} />
      <div className="min-h-0 flex-1 overflow-y-auto short:min-h-max short:overflow-visible">
        <div className="flex max-w-3xl flex-col gap-4 px-4 pt-1 pb-6 thumb:min-h-full thumb:pb-0">
          {approval.status === "superseded" && approval.supersededBy && <ReplacedBy approval={approval} by={approval.supersededBy} />}
          {asksForAction(approval) && <AskedAction approval={approval} drawn={drawn} />}
          {approval.question !== null && (
            <section aria-label="In the agent's own words">
              <h3 className="text-faint text-meta">In the agent's own words</h3>
              <blockquote
                dir="auto"
                className="mt-0.5 whitespace-pre-wrap break-words border-line-strong border-l-2 pl-3 [overflow-wrap:anywhere]"
              >
                <SafeText text={approval.question} />
              </blockquote>
            </section>
          )}
          <div className="thumb:sticky thumb:bottom-0 thumb:order-last thumb:-mx-4 thumb:mt-auto flex flex-col gap-4 thumb:gap-2 thumb:border-t thumb:bg-panel thumb:px-4 thumb:py-3 short:py-2">
            <DecideControls approval={approval} deciding={deciding} mayApprove={drawn.isWhole} asleep={asleep} onDecided={onDecided} />
            {!waits && next}
          </div>
          {approval.requestedSeq !== null && <EventsBefore runId={approval.run.id} seq={approval.requestedSeq} />}
        </div>
      </div>
    </article>
  );
}

function DetailHead({ approval, onBack }: { readonly approval: Approval; readonly onBack: (() => void) | null }) {
  const { run } = approval;
  const waits = approval.status === "pending";
  return (
    <header className="flex shrink-0 items-start gap-2 px-4 pt-3 pb-3">
      {onBack && (
        <IconButton label="Back to the list" onClick={onBack} className="-ml-2">
          <ArrowLeft size={16} />
        </IconButton>
      )}
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold text-title">
          {kindWords[approval.kind]}
          {approval.risk && (
            <span className="tint rounded-row px-1.5 font-medium text-meta text-waiting">
              <SafeText text={approval.risk.slice(0, 40)} /> risk
            </span>
          )}
        </h2>
        <p className="mt-0.5 truncate" title={run.externalId} dir="auto">
          <SafeText text={(run.name ?? run.externalId).slice(0, 300)} />
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-muted">
          {approval.agent && (
            <span className="max-w-60 truncate">
              asked by <SafeText text={approval.agent.slice(0, 120)} />
            </span>
          )}
          <span>
            {waits ? (
              <>
                waiting <Duration startMs={Date.parse(approval.askedAt)} endMs={null} />
              </>
            ) : (
              <>
                asked <RelativeTime at={approval.askedAt} />
              </>
            )}
          </span>
          {waits && <TimeLeft expiresAt={approval.expiresAt} />}
          <DialectBadge dialect={run.dialect} />
          <ShortId id={approval.id} what="approval id" length={13} className="text-faint" />
        </p>
      </div>
      <Link
        href={`/runs/${run.id}${approval.requestedSeq === null ? "" : `?sel=${approval.requestedSeq}`}`}
        className="inline-flex shrink-0 items-center gap-1 rounded-row text-accent hover:underline pointer-coarse:py-2.5"
        title={run.name ?? run.externalId}
      >
        <span className="max-md:hidden">Show in run</span>
        <span className="md:hidden">Run</span>
        <ArrowUpRight aria-hidden size={14} />
      </Link>
    </header>
  );
}
