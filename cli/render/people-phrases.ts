import { stringifyExact } from "@/lib/core/exact-json";
import { after, call, type Phrases, say } from "./phrase";
import type { TailEvent } from "./tail-event";

/** Waits and decisions, and what happens around the runs. */
export const peoplePhrases: Phrases<
  | "wait.reported"
  | "approval.requested"
  | "approval.decided"
  | "resource.changed"
  | "webhook.sent"
  | "webhook.failed"
  | "user.acted"
  | "billing.recorded"
> = {
  "wait.reported": (event) => ({
    text: `Waiting${event.name ? ` for ${say(event.name, 80)}` : ""}${after(event.text ?? event.summary)}`,
    tone: "wait",
  }),
  "approval.requested": (event) => ({ text: `⏸ Waiting for a human: ${request(event)}`, tone: "wait" }),
  "approval.decided": decision,
  "resource.changed": (event) => ({ text: say(event.summary ?? event.source.type) }),
  "webhook.sent": (event) => ({ text: `Webhook sent${after(event.summary)}`, tone: "dim" }),
  "webhook.failed": (event) => ({ text: `Webhook failed${after(event.error?.message ?? event.summary)}`, tone: "bad" }),
  "user.acted": (event) => ({ text: say(event.summary ?? event.source.type) }),
  "billing.recorded": (event) => ({ text: say(event.summary ?? event.source.type) }),
};

function request(event: TailEvent): string {
  const { tool, arguments: args, question } = event.approval ?? {};
  // What would be done goes before the agent's own words about it.
  if (tool !== undefined) return call(tool, args);
  return say(question ?? event.summary ?? event.text) || "decision required";
}

function decision(event: TailEvent) {
  const { decision: outcome, decidedBy, comment } = event.approval ?? {};
  const by = decidedBy === undefined ? "" : ` by ${say(decidedBy, 60)}`;
  const answer = event.approval?.answer;
  switch (outcome) {
    case "approved":
      return { text: `Approved${by}${after(comment)}`, tone: "good" as const };
    case "denied":
      return { text: `Denied${by}${after(comment)}`, tone: "bad" as const };
    case "timeout":
      return { text: `No decision in time${after(comment)}`, tone: "bad" as const };
    default:
      return {
        text: `Answered${by}${after(typeof answer === "string" ? answer : (stringifyExact(answer) ?? comment))}`,
        tone: "good" as const,
      };
  }
}
