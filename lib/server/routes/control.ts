import { z } from "zod";
import { BulkControl, BulkControlReply, Control, ControlAcknowledgement, ControlReason, RunControl } from "@/lib/core/api/control";
import { type ControlAction, controlActions } from "@/lib/core/control/words";
import { deciderName } from "../approvals/decider-name";
import { aboutMany, aboutRun } from "../audit/about";
import { acknowledgeControl } from "../control/acknowledge-control";
import { awaitControl } from "../control/await-control";
import { type Asker, controlRefusals, requestControl } from "../control/request-control";
import { type Call, json, noted } from "../http/call";
import { ownAnswer } from "../http/own-answer";
import { parsedBody } from "../http/parsed-body";
import type { Principal } from "../http/principal";
import { integerOf, integerParameter } from "../http/query";
import { readBody } from "../http/read-body";
import type { Route } from "../http/route";
import { findRun, findRunToAct } from "../runs/find-run";
import { someAtOnce } from "../some-at-once";
import { longPoll } from "./approvals";

const requestNumber = { fallback: 0, min: 0, max: 1_000_000_000 };

const summaries: Readonly<Record<ControlAction, string>> = {
  pause: "Asks the run's agent to pause at its next checkpoint",
  resume: "Asks a paused run's agent to resume",
  cancel: "Asks the run's agent to stop",
};

function actionRoute(action: ControlAction): Route {
  return {
    method: "POST",
    path: `/api/runs/:run/${action}`,
    scope: "control",
    audit: { action: `run.${action}`, about: aboutRun },
    doc: { summary: summaries[action], body: ControlReason, reply: Control, status: [202, 200], refusals: controlRefusals },
    run: async (call) => {
      const { reason } = await reasonOf(call, ControlReason);
      const run = await findRunToAct(call.principal.projectId, call.params.run as string);
      const { control, repeated } = await requestControl(run, { action, reason, asker: await askerOf(call.principal) });
      return json(repeated ? 200 : 202, control, repeated ? { "idempotent-replay": "true" } : {});
    },
  };
}

const state: Route = {
  method: "GET",
  path: "/api/runs/:run/control",
  scope: "read",
  doc: {
    summary:
      "A run's latest control request and what may be requested now; with ?wait=, answers once there is a request newer than ?after=",
    query: z.object({
      wait: integerParameter(longPoll, "seconds"),
      after: integerParameter(requestNumber, "number of the last request that the agent has seen"),
    }),
    reply: RunControl,
  },
  run: async (call) => {
    const seconds = integerOf(call.query, "wait", longPoll);
    const after = integerOf(call.query, "after", requestNumber);
    const { control, given } = await awaitControl(call.principal, await runOf(call), { waitMs: seconds * 1_000, after });
    return noted(json(200, control, { "cache-control": "no-store" }), given);
  },
};

const acknowledge: Route = {
  method: "POST",
  path: "/api/runs/:run/control/:request/acknowledgement",
  scope: "ingest",
  doc: {
    summary: "Acknowledges a control request, or reports it as done",
    body: ControlAcknowledgement,
    reply: Control,
    refusals: ["superseded", "run_ended"],
  },
  run: async (call) => {
    const text = await readBody(call);
    const { state: said } = text.trim() === "" ? { state: "acknowledged" as const } : parsedBody(ControlAcknowledgement, text);
    return json(200, await acknowledgeControl(await runOf(call), call.params.request as string, said));
  },
};

const bulk: Route = {
  method: "POST",
  path: "/api/runs/control",
  scope: "control",
  audit: { action: "run.control", about: aboutMany("requested") },
  doc: { summary: "Sends one control request to many runs; each run has its own result", body: BulkControl, reply: BulkControlReply },
  run: async (call) => {
    const { action, runs, reason } = parsedBody(BulkControl, await readBody(call));
    const asker = await askerOf(call.principal);
    const results: BulkControlReply["results"] = await someAtOnce(new Set(runs), async (run) => {
      const { value, error } = await ownAnswer(async () =>
        requestControl(await findRunToAct(call.principal.projectId, run), { action, reason, asker }),
      );
      return { run, control: value?.control ?? null, error };
    });
    const refused = results.filter(({ error }) => error !== null).length;
    return json(200, { results, requested: results.length - refused, refused });
  },
};

export const controlRoutes: readonly Route[] = [...controlActions.map(actionRoute), state, acknowledge, bulk];

export async function askerOf(principal: Principal): Promise<Asker> {
  const name = await deciderName(principal);
  return principal.keyId === undefined ? { name } : { name, keyId: principal.keyId };
}

/** The body is optional: no reason is required. */
export async function reasonOf<R extends { reason?: string | null }>(call: Call, schema: z.ZodType<R>): Promise<Partial<R>> {
  const text = await readBody(call);
  return text.trim() === "" ? {} : parsedBody(schema, text);
}

function runOf(call: Call) {
  return findRun(call.principal.projectId, call.params.run as string);
}
