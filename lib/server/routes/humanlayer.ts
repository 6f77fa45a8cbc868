import { z } from "zod";
import type { Approval, ApprovalRequest } from "@/lib/core/api/approval";
import { stringifyExact } from "@/lib/core/exact-json";
import { askApproval } from "../approvals/ask-approval";
import { awaitDecision } from "../approvals/await-decision";
import { findAsked } from "../approvals/find-approval";
import { openRun } from "../approvals/open-run";
import { type Call, json, noted, type Reply } from "../http/call";
import { parsedBody } from "../http/parsed-body";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";

const source = "humanlayer";
const id = z.string().min(1).max(200);
const FunctionCall = z.looseObject({
  run_id: id,
  call_id: id,
  spec: z.looseObject({ fn: z.string().min(1).max(500), kwargs: z.record(z.string(), z.unknown()) }),
});
const HumanContact = z.looseObject({
  run_id: id,
  call_id: id,
  spec: z.looseObject({ msg: z.string().min(1).max(4_000), response_options: z.array(z.looseObject({ name: id })).nullish() }),
});

/** Its clients read yes or no and then run the call they asked for: edited arguments would not reach them. */
const allowed: ApprovalRequest["allowed"] = ["approve", "deny"];

const asked = { run_id: z.string(), call_id: z.string() };
const times = { requested_at: z.iso.datetime(), responded_at: z.iso.datetime().nullable() };
const FunctionCallReply = z.object({
  ...asked,
  spec: z.object({ fn: z.string().nullable(), kwargs: z.unknown() }),
  status: z.object({
    ...times,
    approved: z.boolean().nullable().describe("null while the request is pending; false if it ended without a decision"),
    comment: z.string().nullable(),
  }),
});
const HumanContactReply = z.object({
  ...asked,
  spec: z.object({ msg: z.string().nullable() }),
  status: z.object({
    ...times,
    response: z.string().nullable().describe("null while the request is pending, then never empty"),
    response_option_name: z.string().nullable().describe("the chosen option, if it is one of those offered"),
  }),
});

const askFunction: Route = {
  method: "POST",
  path: "/api/humanlayer/v1/function_calls",
  scope: "ingest",
  doc: {
    summary: "HumanLayer: asks for approval of a function call",
    body: FunctionCall,
    reply: FunctionCallReply,
    refusals: ["run_ended"],
  },
  run: async (call) => {
    const bodyText = await readBody(call);
    const { run_id, call_id, spec } = parsedBody(FunctionCall, bodyText, ["spec.kwargs"]);
    const run = await openRun(call.principal, { source, run: run_id, agent: source });
    const wanted = { run: run.id, id: call_id, kind: "tool" as const, tool: spec.fn, arguments: spec.kwargs, allowed };
    return json(200, functionCall((await askApproval(call.principal, { wanted, bodyText })).approval));
  },
};

const askHuman: Route = {
  method: "POST",
  path: "/api/humanlayer/v1/contact_requests",
  scope: "ingest",
  doc: { summary: "HumanLayer: asks a human a question", body: HumanContact, reply: HumanContactReply, refusals: ["run_ended"] },
  run: async (call) => {
    const bodyText = await readBody(call);
    const { run_id, call_id, spec } = parsedBody(HumanContact, bodyText);
    const run = await openRun(call.principal, { source, run: run_id, agent: source });
    const choices = spec.response_options?.map((option) => option.name);
    const wanted = { run: run.id, id: call_id, kind: "input" as const, question: spec.msg, ...(choices?.length ? { choices } : {}) };
    return json(200, humanContact((await askApproval(call.principal, { wanted, bodyText })).approval));
  },
};

const readFunction: Route = {
  method: "GET",
  path: "/api/humanlayer/v1/function_calls/:callid",
  scope: "read",
  doc: { summary: "HumanLayer: a function call with its decision", reply: FunctionCallReply },
  run: (call) => answer(call, functionCall),
};

const readHuman: Route = {
  method: "GET",
  path: "/api/humanlayer/v1/contact_requests/:callid",
  scope: "read",
  doc: { summary: "HumanLayer: a question with its answer", reply: HumanContactReply },
  run: (call) => answer(call, humanContact),
};

export const humanLayerRoutes: readonly Route[] = [askFunction, askHuman, readFunction, readHuman];

async function answer({ principal, params }: Call, shape: (approval: Approval) => object): Promise<Reply> {
  const { approval } = await findAsked(principal.projectId, { source, key: params.callid as string });
  const awaited = await awaitDecision(principal, approval.id, 0);
  return noted(json(200, shape(awaited.approval)), awaited.given);
}

/** What its clients poll for: `approved` is null until somebody decides. A request that ended in any other way counts as refused. */
function functionCall({ key, run, tool, arguments: kwargs, askedAt, status, decision }: Approval): z.infer<typeof FunctionCallReply> {
  const refused: Partial<Record<typeof status, string>> = {
    expired: "The deadline passed before anybody decided.",
    cancelled: "The run ended before anybody decided.",
    superseded: "Another call replaced this one.",
  };
  const approved = status === "pending" ? null : status === "approved";
  return {
    run_id: run.externalId,
    call_id: key,
    spec: { fn: tool, kwargs },
    status: {
      requested_at: askedAt,
      responded_at: decision?.at ?? null,
      approved,
      comment: decision?.comment ?? refused[status] ?? null,
    },
  };
}

/** Its clients wait until there is text, so a request that ended without any gets ours. */
function humanContact({ key, run, question, choices, askedAt, status, decision }: Approval): z.infer<typeof HumanContactReply> {
  const answered = decision?.decision === "answer" ? decision.answer : decision?.comment;
  const words = typeof answered === "string" || answered == null ? answered : stringifyExact(answered);
  return {
    run_id: run.externalId,
    call_id: key,
    spec: { msg: question },
    status: {
      requested_at: askedAt,
      responded_at: decision?.at ?? null,
      response: status === "pending" ? null : words || "No answer.",
      response_option_name: words != null && choices?.includes(words) ? words : null,
    },
  };
}
