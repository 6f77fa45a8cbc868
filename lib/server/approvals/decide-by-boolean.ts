import type { Approval, DecisionRequest } from "@/lib/core/api/approval";
import { allowedActions } from "@/lib/core/approvals/words";
import type { Json } from "@/lib/core/json";
import type { Principal } from "../http/principal";
import type { ApprovalRow, JoinedRow } from "./approval-row";
import { decideApproval } from "./decide-approval";

export type YesOrNo = { readonly approved: boolean; readonly comment?: string; readonly modified?: Json };

/** Decides the named request with yes or no, as clients of Shannon and Powabase send it. Throws the same errors as decideApproval. */
export async function decideByBoolean(principal: Principal, { approval: row }: JoinedRow, said: YesOrNo): Promise<Approval> {
  const { approval } = await decideApproval(principal, row.id, { wanted: wantedOf(row, said) });
  return approval;
}

/** A yes to a question is answered with its comment. */
function wantedOf(row: ApprovalRow, { approved, comment, modified }: YesOrNo): DecisionRequest {
  const about = { actionHash: row.actionHash, ...(comment === undefined ? {} : { comment }) };
  if (!approved) return { ...about, decision: "deny" };
  if (modified !== undefined) return { ...about, decision: "edit", editedArguments: modified };
  if (allowedActions(row.kind, row.allowed).includes("approve")) return { ...about, decision: "approve" };
  return { ...about, decision: "answer", answer: comment ?? "yes" };
}
