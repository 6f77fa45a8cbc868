/** What is asked: may this tool run with these arguments, what do you answer, is this so. */
export const approvalKinds = ["tool", "input", "confirmation"] as const;
export type ApprovalKind = (typeof approvalKinds)[number];

/** What a person can do with a request. */
export const approvalActions = ["approve", "deny", "edit", "answer"] as const;
export type ApprovalAction = (typeof approvalActions)[number];

export const approvalStatuses = ["pending", "approved", "denied", "answered", "expired", "cancelled", "superseded"] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** Who brought a request or a decision into the log: Watchfloor itself, or the agent's own system. */
export type Through = "watchfloor" | "source";

const byKind: Readonly<Record<ApprovalKind, readonly ApprovalAction[]>> = {
  tool: ["approve", "deny", "edit"],
  input: ["answer", "deny"],
  confirmation: ["approve", "deny"],
};

/** What may be done with a request: what its asker allows, else what fits its kind. */
export function allowedActions(kind: ApprovalKind, allowed: readonly ApprovalAction[] | null): readonly ApprovalAction[] {
  return allowed !== null && allowed.length > 0 ? allowed : byKind[kind];
}

/** Code of a tool's error where a rule of its own system kept it from running: it was not approved either. */
export const blockedCode = "blocked";
