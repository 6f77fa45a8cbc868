import { Ban, CircleCheck, CircleX, Hand, type LucideIcon, MessageSquareReply, Replace, TimerOff } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import type { ApprovalKind, ApprovalStatus } from "@/lib/core/approvals/words";

type Look = { readonly word: string; readonly icon: LucideIcon; readonly tone: string };

/** What each status of a request looks like and is called, everywhere. */
export const approvalLooks: Readonly<Record<ApprovalStatus, Look>> = {
  pending: { word: "Waiting", icon: Hand, tone: "text-waiting" },
  approved: { word: "Approved", icon: CircleCheck, tone: "text-succeeded" },
  denied: { word: "Denied", icon: CircleX, tone: "text-failed" },
  answered: { word: "Answered", icon: MessageSquareReply, tone: "text-succeeded" },
  expired: { word: "Expired", icon: TimerOff, tone: "text-ended" },
  cancelled: { word: "Run ended", icon: Ban, tone: "text-ended" },
  superseded: { word: "Replaced", icon: Replace, tone: "text-ended" },
};

export const kindWords: Readonly<Record<ApprovalKind, string>> = { tool: "Tool call", input: "Question", confirmation: "Confirmation" };

export function ApprovalStatusText({ status, className }: { readonly status: ApprovalStatus; readonly className?: string }) {
  const { icon: Icon, word, tone } = approvalLooks[status];
  return (
    <span className={classNames("inline-flex items-center gap-1.5 whitespace-nowrap", tone, className)}>
      <Icon aria-hidden size={15} strokeWidth={1.75} className="shrink-0" />
      {word}
    </span>
  );
}
