import { expiryWords } from "@/lib/core/approvals/expiry-words";
import type { ApprovalStatus } from "@/lib/core/approvals/words";
import { signature } from "@/lib/core/members/signatures";
import { DomainError, type ErrorCode } from "../errors";
import { type JoinedRow, toApproval } from "./approval-row";

const codes: Partial<Record<ApprovalStatus, ErrorCode>> = { expired: "expired", cancelled: "run_ended", superseded: "superseded" };

/** Why a request that waits no longer cannot be decided, with what was decided, by whom and when. */
export function refusalOf(row: JoinedRow): DomainError {
  const approval = toApproval(row);
  const { status, decision } = approval;
  const message: Partial<Record<ApprovalStatus, string>> = {
    expired: expiryWords(approval),
    cancelled: "The run ended before anybody decided.",
    superseded: "The agent asks for something else now: this request was replaced.",
  };
  const who = decision?.through === "source" ? `${decision.by ?? signature.source} (reported)` : (decision?.by ?? signature.unknown);
  const said = message[status] ?? `It was ${status} already, by ${who} at ${decision?.at ?? "an unknown time"}.`;
  return new DomainError(codes[status] ?? "already_decided", said, { beside: { approval } });
}

/** The request is not what the person was shown. */
export function staleRefusal(row: JoinedRow): DomainError {
  return new DomainError("stale", "This request is not the one that was shown.", {
    path: "actionHash",
    hint: "Look at it again: its tool, arguments or run differ.",
    beside: { approval: toApproval(row) },
  });
}
