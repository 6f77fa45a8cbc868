import type { Approval, DecisionRequest } from "@/lib/core/api/approval";
import type { ApprovalStatus } from "@/lib/core/approvals/words";

type Wanted = Omit<DecisionRequest, "actionHash">;

const statuses = { approve: "approved", edit: "approved", deny: "denied", answer: "answered" } as const satisfies Record<
  Wanted["decision"],
  ApprovalStatus
>;

/** The request as it will be once the server agreed. */
export function decidedNow(approval: Approval, wanted: Wanted, nowMs: number): Approval {
  return {
    ...approval,
    status: statuses[wanted.decision],
    decision: {
      decision: wanted.decision,
      through: "watchfloor",
      by: "you",
      at: new Date(nowMs).toISOString(),
      comment: wanted.comment ?? null,
      answer: wanted.answer ?? null,
      editedArguments: wanted.editedArguments ?? null,
    },
    receipt: null,
  };
}
