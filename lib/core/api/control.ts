import { z } from "zod";
import { controlActions, controlOutcomes } from "../control/words";
import { Dialect, RunStatus } from "./words";

const instant = z.iso.datetime();

/** A pause, resume or cancel requested through Watchfloor, and how far it got, with a time for each leg. */
export const Control = /* @__PURE__ */ z.object({
  id: z.uuid(),
  number: z.number().int().describe("1..N within the run"),
  action: z.enum(controlActions),
  outcome: z.enum(controlOutcomes).describe("ended: the run ended before the agent carried it out"),
  reason: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: instant.describe("committed: it survives a crash"),
  sentAt: instant.nullable().describe("written to the agent's stream or poll, or sent to its source"),
  sentVia: z.string().nullable(),
  acknowledgedAt: instant.nullable().describe("the agent or its source acknowledged it"),
  acknowledgedVia: z.string().nullable(),
  effectiveAt: instant.nullable().describe("the agent carried it out"),
});
export type Control = z.infer<typeof Control>;

/** What can be done with a run now. */
export const ControlChoice = /* @__PURE__ */ z.object({
  action: z.enum(controlActions),
  possible: z.boolean(),
  refusal: z.object({ code: z.string(), message: z.string() }).nullable().describe("why it is not possible"),
});
export type ControlChoice = z.infer<typeof ControlChoice>;

/** What an agent polls between two steps, and what a page shows. */
export const RunControl = /* @__PURE__ */ z.object({
  run: z.object({ id: z.uuid(), externalId: z.string(), dialect: Dialect }),
  status: RunStatus,
  desired: z.enum(["running", "paused", "cancelled"]).nullable().describe("the state that was requested; null = nothing was requested"),
  latest: Control.nullable().describe("the latest request"),
  choices: z.array(ControlChoice),
});
export type RunControl = z.infer<typeof RunControl>;

const reason = z.string().max(1_000);

/** Why somebody asks; the session or key says who. */
export const ControlReason = /* @__PURE__ */ z.strictObject({ reason: reason.optional() });
export type ControlReason = z.infer<typeof ControlReason>;

/** The same request for many runs. */
export const BulkControl = /* @__PURE__ */ z.strictObject({
  action: z.enum(controlActions),
  runs: z.array(z.string().min(1).max(512)).min(1).max(500),
  reason: reason.optional(),
});
export type BulkControl = z.infer<typeof BulkControl>;

export const BulkControlReply = /* @__PURE__ */ z.object({
  results: z.array(
    z.object({
      run: z.string().describe("as given in the request"),
      control: Control.nullable(),
      error: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
  requested: z.number().int(),
  refused: z.number().int(),
});
export type BulkControlReply = z.infer<typeof BulkControlReply>;

/** An agent reports that it has received a request, or carried it out. */
export const ControlAcknowledgement = /* @__PURE__ */ z.strictObject({ state: z.enum(["acknowledged", "done"]).default("acknowledged") });
export type ControlAcknowledgement = z.infer<typeof ControlAcknowledgement>;
