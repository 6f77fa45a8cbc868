/** What is asked: may this tool run with these arguments, what is your answer, is this right. */
export const approvalKinds = ["tool", "input", "confirmation"] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** What a person can do with a request. */
export const approvalActions = ["approve", "deny", "edit", "answer"] as const;
export type ApprovalAction = (typeof approvalActions)[number];

export const approvalStatuses = ["pending", "approved", "denied", "answered", "expired", "cancelled", "superseded"] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** Who logged a request or a decision: Watchfloor itself, or the agent's own system. */
export type Through = "watchfloor" | "source";

const byKind: Readonly<Record<ApprovalKind, readonly ApprovalAction[]>> = {
  tool: ["approve", "deny", "edit"],
  input: ["answer", "deny"],
  confirmation: ["approve", "deny"],
};

/** What may be done with a request: what the requester allows, else what fits its kind. */
export function allowedActions(kind: ApprovalKind, allowed: readonly ApprovalAction[] | null): readonly ApprovalAction[] {
  return allowed !== null && allowed.length > 0 ? allowed : byKind[kind];
}

/** Error code of a tool that a rule of its own system blocked; it was not approved either. */
export const blockedCode = "blocked";
