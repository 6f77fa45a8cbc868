import { z } from "zod";
import { ApprovalPolicy } from "@/lib/core/approvals/policy";
import { StandingList } from "@/lib/core/standing/standing";
import { approvalPolicy, changeApprovalPolicy } from "../approvals/policy";
import { aboutPolicy } from "../audit/about";
import { json } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { textOf } from "../http/query";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { findRun } from "../runs/find-run";
import { listStanding } from "../standing/list-standing";
import { revokeStanding } from "../standing/revoke-standing";

const list: Route = {
  method: "GET",
  path: "/api/standing-approvals",
  scope: "read",
  doc: {
    summary: "Active standing approvals; a decision creates one",
    query: z.object({ run: z.string().optional().describe("Watchfloor's id of a run, or the sender's: only those that apply to it") }),
    reply: StandingList,
    refusals: ["not_found"],
  },
  run: async ({ query, principal }) => {
    const run = textOf(query, "run", 512);
    return json(200, await listStanding(principal.projectId, run === undefined ? undefined : await findRun(principal.projectId, run)));
  },
};

const revoke: Route = {
  method: "DELETE",
  path: "/api/standing-approvals/:standing",
  scope: "decide",
  audit: { action: "standing.revoke" },
  doc: { summary: "Revokes a standing approval; what it approved stays approved" },
  run: async ({ params, principal }) => {
    await revokeStanding(principal, params.standing as string);
    return { kind: "full", status: 204, body: null };
  },
};

const policy: Route = {
  method: "GET",
  path: "/api/approval-policy",
  scope: "read",
  doc: { summary: "The project's approval policy", reply: ApprovalPolicy },
  run: async ({ principal }) => json(200, await approvalPolicy(principal.projectId)),
};

const change: Route = {
  method: "PUT",
  path: "/api/approval-policy",
  scope: "admin",
  audit: { action: "policy.change", about: aboutPolicy },
  doc: {
    summary: "Changes the approval policy for requests made, and deadlines that pass, from now on",
    body: ApprovalPolicy,
    reply: ApprovalPolicy,
  },
  run: async (call) => json(200, await changeApprovalPolicy(call.principal, parsedBody(ApprovalPolicy, await readBody(call)))),
};

export const standingRoutes: readonly Route[] = [list, revoke, policy, change];
