import { SourceCallList } from "@/lib/core/api/source-call";
import { findApproval } from "../approvals/find-approval";
import { findControl } from "../control/find-control";
import { DomainError } from "../errors";
import { json } from "../http/call";
import type { Route } from "../http/route";
import { findRun } from "../runs/find-run";
import { callAgain, sourceCalls } from "../sources/source-calls";

type Params = Readonly<Record<string, string>>;

const approval = "/api/approvals/:approval";
const control = "/api/runs/:run/control/:request";

async function requestOf(projectId: string, params: Params) {
  return findControl(await findRun(projectId, params.run as string), params.request as string);
}

const ofApproval: Route = {
  method: "GET",
  path: `${approval}/calls`,
  scope: "read",
  doc: { summary: "Calls that deliver a decision to its source's endpoint", reply: SourceCallList },
  run: async ({ principal: { projectId }, params }) =>
    json(200, { calls: await sourceCalls(projectId, (await findApproval(projectId, params.approval as string)).approval.id) }),
};

const approvalAgain: Route = {
  method: "POST",
  path: `${approval}/resend`,
  scope: "decide",
  audit: { action: "approval.resend", about: (_, params) => ({ subjectId: params.approval }) },
  doc: { summary: "Sends a decision to its source's endpoint again", reply: SourceCallList, status: 202 },
  run: async ({ principal: { projectId }, params }) =>
    json(202, { calls: await callAgain(projectId, (await findApproval(projectId, params.approval as string)).approval.id) }),
};

const ofControl: Route = {
  method: "GET",
  path: `${control}/calls`,
  scope: "read",
  doc: { summary: "Calls that deliver a control request to the run's source", reply: SourceCallList },
  run: async ({ principal: { projectId }, params }) =>
    json(200, { calls: await sourceCalls(projectId, (await requestOf(projectId, params)).id) }),
};

const controlAgain: Route = {
  method: "POST",
  path: `${control}/resend`,
  scope: "control",
  audit: { action: "run.resend", about: (_, params) => ({ subjectId: params.run }) },
  doc: {
    summary: "Sends a control request to the run's source again, only while it is open",
    reply: SourceCallList,
    status: 202,
    refusals: ["conflict"],
  },
  run: async ({ principal: { projectId }, params }) => {
    const row = await requestOf(projectId, params);
    if (row.outcome !== "open") throw new DomainError("conflict", "This request is over. Sending it again now could do something else.");
    return json(202, { calls: await callAgain(projectId, row.id) });
  },
};

export const sourceCallRoutes: readonly Route[] = [ofApproval, approvalAgain, ofControl, controlAgain];
