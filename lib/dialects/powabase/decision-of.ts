import type { Approval } from "../../core/events/canonical";
import { clip, defined } from "../shared";

const denied = /^Denied by user(?::\s*([\s\S]*))?$/;
const timedOut = /^Approval timed out\b/;

/** The engine's text for a tool that it blocked. */
export function refusalOf(decision: "denied" | "timeout", reason: string | undefined): string {
  if (decision === "timeout") return "Approval timed out";
  return reason ? `Denied by user: ${reason}` : "Denied by user";
}

/** What a blocked tool's text reveals about the approval behind it: Powabase sends no separate event for a decision. */
export function decisionOf(text: string | undefined, tool?: string): Approval | undefined {
  if (text === undefined) return undefined;
  if (timedOut.test(text)) return defined<Approval>({ kind: "tool", tool, decision: "timeout" });
  const match = denied.exec(text);
  return match ? defined<Approval>({ kind: "tool", tool, decision: "denied", comment: clip(match[1], 2_000) }) : undefined;
}
