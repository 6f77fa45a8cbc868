import { expiryWords } from "@/lib/core/approvals/expiry-words";
import type { ApprovalStatus } from "@/lib/core/approvals/words";
import { signature } from "@/lib/core/members/signatures";
import { DomainError, type ErrorCode } from "../errors";
import { type JoinedRow, toApproval } from "./approval-row";

const codes: Partial<Record<ApprovalStatus, ErrorCode>> = { expired: "expired", cancelled: "run_ended", superseded: "superseded" };

/** Why a request that is no longer pending cannot be decided, with what was decided, by whom and when. */
export function refusalOf(row: JoinedRow): DomainError {
  const approval = toApproval(row);
  const { status, decision } = approval;
  const message: Partial<Record<ApprovalStatus, string>> = {
    expired: expiryWords(approval),
    cancelled: "The run ended before anybody decided.",
    superseded: "The agent now asks for something else, which replaced this request.",
  };
  const who = decision?.through === "source" ? `${decision.by ?? signature.source} (reported)` : (decision?.by ?? signature.unknown);
  const said = message[status] ?? `It was already ${status}, by ${who} at ${decision?.at ?? "an unknown time"}.`;
  return new DomainError(codes[status] ?? "already_decided", said, { beside: { approval } });
}

/** The request is not what the person was shown. */
export function staleRefusal(row: JoinedRow): DomainError {
  return new DomainError("stale", "This request is not the one that was shown.", {
    path: "actionHash",
    hint: "Load it again: its tool, arguments or run have changed.",
    beside: { approval: toApproval(row) },
  });
}
