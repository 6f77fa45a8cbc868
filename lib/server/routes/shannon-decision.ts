import { z } from "zod";
import type { Json } from "@/lib/core/json";
import { readModifiedAction } from "@/lib/dialects/shannon";
import { readingExactly } from "@/lib/dialects/shared/parse-json";
import { decisionRefusals } from "../approvals/decide-approval";
import { decideByBoolean } from "../approvals/decide-by-boolean";
import { findRunApproval } from "../approvals/find-approval";
import { aboutShannonDecision } from "../audit/about";
import { DomainError } from "../errors";
import { json } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { notFoundAt } from "../not-found-at";
import { findRun } from "../runs/find-run";

const id = z.string().min(1).max(512);
const words = z.string().max(4_000).nullish();

/**
 * `approved_by` is never taken from the body: the decision belongs to the API key's owner. As in Go, null means the same as a
 * missing field.
 */
const Body = z.object({
  workflow_id: id,
  approval_id: id.describe("Watchfloor's id, the sender's, or seq:<n>"),
  approved: z.boolean().nullish(),
  decision: z.enum(["approved", "denied"]).nullish(),
  feedback: words,
  reason: words,
  comments: words,
  modified_action: z.unknown().optional().describe("the edited arguments, or their JSON as text"),
  run_id: z.string().nullish(),
});
const Reply = z.object({
  status: z.literal("sent"),
  success: z.literal(true),
  message: z.string(),
  workflow_id: z.string(),
  run_id: z.string(),
  approval_id: z.string(),
});

/** Yes or no, which a body may express in two ways. Throws invalid_request if it has neither or they contradict each other. */
function approvedBy({ approved, decision }: Pick<z.infer<typeof Body>, "approved" | "decision">): boolean {
  const decided = decision == null ? undefined : decision === "approved";
  if (approved != null && decided !== undefined && approved !== decided)
    throw new DomainError("invalid_request", `\`approved\` is ${approved}, but \`decision\` is ${decision}. Nothing was decided.`, {
      path: "decision",
      hint: "Send one of them, or both with the same meaning.",
    });
  const said = approved ?? decided;
  if (said === undefined) throw new DomainError("invalid_request", "`approved` must be true or false.", { path: "approved" });
  return said;
}

/** Shannon's own decision endpoint. */
export const shannonDecisionRoute: Route = {
  method: "POST",
  path: "/api/v1/approvals/decision",
  scope: "decide",
  audit: { action: "approval.decide", about: aboutShannonDecision },
  doc: {
    summary: "Shannon: decides a workflow's request",
    body: Body,
    reply: Reply,
    refusals: ["not_found", ...decisionRefusals],
  },
  run: async (call) => {
    const { workflow_id, approval_id, feedback, reason, comments, modified_action, ...body } = parsedBody(Body, await readBody(call), [
      "modified_action",
    ]);
    const approved = approvedBy(body);
    const run = await notFoundAt("workflow_id", findRun(call.principal.projectId, workflow_id, "shannon"));
    const found = await notFoundAt("approval_id", findRunApproval(run, approval_id));
    const comment = feedback || reason || comments;
    await decideByBoolean(call.principal, found, {
      approved,
      modified: readingExactly(() => readModifiedAction(modified_action as Json | undefined)),
      ...(comment ? { comment } : {}),
    });
    const message = approved ? "Approval sent" : "Denial sent";
    return json(200, { status: "sent", success: true, message, workflow_id, run_id: body.run_id ?? run.id, approval_id });
  },
};
