import type { Approval } from "../api/approval";

/** Why a request expired: its deadline passed, or the agent's own system said so (it may never have announced a deadline). */
export function expiryWords({ expiresAt, decision }: Pick<Approval, "expiresAt" | "decision">): string {
  if (expiresAt === null && decision?.through === "source")
    return "The agent's own system reported that nobody decided in time; it had given no deadline.";
  return "The deadline passed before anybody decided.";
}
