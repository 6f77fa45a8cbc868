import { createHash } from "node:crypto";
import { z } from "zod";
import { Approval, ApprovalList, ApprovalRequest, DecisionRequest } from "@/lib/core/api/approval";
import { approvalStatuses } from "@/lib/core/approvals/words";
import { acknowledgeDecision } from "../approvals/acknowledge-decision";
import { askApproval } from "../approvals/ask-approval";
import { awaitDecision } from "../approvals/await-decision";
import { decideApproval, decisionRefusals, type Repeatable } from "../approvals/decide-approval";
import { listApprovals } from "../approvals/list-approvals";
import { aboutApproval } from "../audit/about";
import { type Call, json, noted } from "../http/call";
import { idempotencyKeyOf } from "../http/idempotency-key";
import { ofOne } from "../http/of-one";
import { parsedBody } from "../http/parsed-body";
import { cursorParameter, integerOf, integerParameter, textOf, wordsOf } from "../http/query";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { findRun } from "../runs/find-run";

/** How many seconds a reply may be held open: less than most proxies wait for a server. */
export const longPoll = { fallback: 0, min: 0, max: 55 };
const pageLimit = { fallback: 100, min: 1, max: 500 };

const list: Route = {
  method: "GET",
  path: "/api/approvals",
  scope: "read",
  doc: {
    summary: "Approval requests: pending, most urgent first, or decided, newest first",
    query: z.object({
      status: z
        .string()
        .optional()
        .describe(`default \`pending\`; one or more of ${approvalStatuses.join(", ")}, separated by commas`),
      run: z.string().optional().describe("Watchfloor's id of the run, or the sender's"),
      limit: integerParameter(pageLimit),
      cursor: cursorParameter,
    }),
    reply: ApprovalList,
    refusals: ["not_found"],
  },
  run: async ({ query, principal }) => {
    const run = textOf(query, "run", 512);
    const filter = {
      status: wordsOf(query, "status", approvalStatuses),
      runId: run === undefined ? undefined : (await findRun(principal.projectId, run)).id,
    };
    const page = { limit: integerOf(query, "limit", pageLimit), cursor: textOf(query, "cursor") };
    return json(200, await listApprovals(principal.projectId, filter, page));
  },
};

const one: Route = {
  method: "GET",
  path: "/api/approvals/:approval",
  scope: "read",
  doc: {
    summary: "A request; with ?wait=, answers once it is decided, or after that many seconds",
    query: z.object({ wait: integerParameter(longPoll, "seconds") }),
    reply: Approval,
  },
  run: async ({ query, params, principal }) => {
    const seconds = integerOf(query, "wait", longPoll);
    const { approval, given } = await awaitDecision(principal, params.approval as string, seconds * 1_000);
    return noted(json(200, approval, { "cache-control": "no-store" }), given);
  },
};

const ask: Route = {
  method: "POST",
  path: "/api/approvals",
  scope: "ingest",
  doc: {
    summary: "Asks a human; the request becomes an event of the agent's run",
    headers: ["Idempotency-Key"],
    body: ApprovalRequest,
    reply: Approval,
    status: [201, 200],
    refusals: ["not_found", "conflict", "run_ended"],
  },
  run: async (call) => {
    const bodyText = await readBody(call);
    const wanted = parsedBody(ApprovalRequest, bodyText, ["arguments"]);
    const { approval, repeated } = await askApproval(call.principal, { wanted, bodyText, idempotencyKey: idempotencyKeyOf(call) });
    return json(repeated ? 200 : 201, approval, repeated ? { "idempotent-replay": "true" } : {});
  },
};

const decide: Route = {
  method: "POST",
  path: "/api/approvals/:approval/decision",
  scope: "decide",
  audit: { action: "approval.decide", about: aboutApproval },
  doc: {
    summary: "Decides a request; exactly one decision counts",
    headers: ["Idempotency-Key"],
    body: DecisionRequest,
    reply: Approval,
    refusals: [...decisionRefusals, "stale"],
  },
  run: async (call) => {
    const bodyText = await readBody(call);
    const wanted = parsedBody(DecisionRequest, bodyText, ["editedArguments", "answer"]);
    const decision = { wanted, repeatable: repeatableOf(call, bodyText) };
    const { approval, repeated } = await decideApproval(call.principal, call.params.approval as string, decision);
    return json(200, approval, repeated ? { "idempotent-replay": "true" } : {});
  },
};

const acknowledge: Route = {
  method: "POST",
  path: "/api/approvals/:approval/acknowledgement",
  scope: "ingest",
  doc: { summary: "Acknowledges that the agent has the decision", reply: Approval, refusals: ["conflict"] },
  run: ofOne("approval", acknowledgeDecision),
};

export const approvalRoutes: readonly Route[] = [list, one, ask, decide, acknowledge];

/** The same key from another caller is a different key. */
function repeatableOf(call: Call, bodyText: string): Repeatable | undefined {
  const key = idempotencyKeyOf(call);
  if (key === undefined) return undefined;
  const { keyId, member, kind } = call.principal;
  return { key: `${keyId ?? member?.id ?? kind}:${key}`, bodyHash: createHash("sha256").update(bodyText).digest() };
}
