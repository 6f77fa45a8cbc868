import { z } from "zod";
import { type ControlAction, controlActions } from "@/lib/core/control/words";
import { aboutRun } from "../audit/about";
import { controlState } from "../control/control-state";
import { noteListening } from "../control/note-control";
import { controlRefusals, requestControl } from "../control/request-control";
import { type Call, json, noted } from "../http/call";
import type { Route } from "../http/route";
import { findRun } from "../runs/find-run";
import { askerOf, reasonOf } from "./control";

const Body = z.object({ reason: z.string().max(1_000).nullish() });
const Done = z.object({ success: z.literal(true), message: z.string(), task_id: z.string() });
const State = z.object({
  is_paused: z.boolean(),
  is_cancelled: z.boolean(),
  paused_at: z.string(),
  pause_reason: z.string(),
  paused_by: z.string(),
  cancel_reason: z.string(),
  cancelled_by: z.string(),
});

const messages: Readonly<Record<ControlAction, string>> = {
  pause: "Pause request sent",
  resume: "Resume request sent",
  cancel: "Cancellation request sent",
};

function action(word: ControlAction): Route {
  return {
    method: "POST",
    path: `/api/v1/tasks/:task/${word}`,
    scope: "control",
    audit: { action: `run.${word}`, about: aboutRun },
    doc: { summary: `Shannon: ${word}s a task`, body: Body, reply: Done, status: 202, refusals: controlRefusals },
    run: async (call) => {
      const { reason } = await reasonOf(call, Body);
      const run = await taskOf(call);
      const { repeated } = await requestControl(run, { action: word, reason: reason ?? undefined, asker: await askerOf(call.principal) });
      const body = { success: true, message: messages[word], task_id: run.externalId };
      return json(202, body, repeated ? { "idempotent-replay": "true" } : {});
    },
  };
}

const state: Route = {
  method: "GET",
  path: "/api/v1/tasks/:task/control-state",
  scope: "read",
  doc: { summary: "Shannon: whether a task is paused or cancelled, by whom and why", reply: State },
  run: async (call) => {
    const run = await taskOf(call);
    await noteListening(call.principal, run);
    const { state, given } = await controlState(run, call.principal);
    return noted(json(200, state, { "cache-control": "no-store" }), given);
  },
};

export const shannonControlRoutes: readonly Route[] = [...controlActions.map(action), state];

function taskOf(call: Call) {
  return findRun(call.principal.projectId, call.params.task as string, "shannon");
}
