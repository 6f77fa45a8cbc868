import { z } from "zod";
import { approvalActions, approvalKinds, approvalStatuses } from "../approvals/words";
import { NewStanding } from "../standing/standing";
import { Dialect } from "./words";

const instant = z.iso.datetime();
const json = z.unknown();

/** How far a decision got on its way to the agent, with a time for each leg. */
export const Receipt = /* @__PURE__ */ z.object({
  recordedAt: instant.nullable().describe("committed: it survives a crash"),
  sentAt: instant.nullable().describe("written to the agent's stream or long poll, or sent to a webhook or its source"),
  sentVia: z.string().nullable(),
  deliveredAt: instant.nullable().describe("the agent asked for it and got it"),
  deliveredVia: z.string().nullable(),
  acknowledgedAt: instant.nullable().describe("the agent acknowledged it"),
  resumedAt: instant.nullable().describe("the agent continued: its first event after the decision"),
});
export type Receipt = z.infer<typeof Receipt>;

export const Decision = /* @__PURE__ */ z.object({
  decision: z.enum([...approvalActions, "timeout"]),
  through: z.enum(["watchfloor", "source"]).describe("source: reported by the agent's own system"),
  by: z.string().nullable(),
  at: instant,
  comment: z.string().nullable(),
  answer: json,
  editedArguments: json,
});
export type Decision = z.infer<typeof Decision>;

/** A request for a human decision, and what became of it. */
export const Approval = /* @__PURE__ */ z.object({
  id: z.uuid(),
  key: z.string().describe("the sender's id, or seq:<n>"),
  run: z.object({ id: z.uuid(), externalId: z.string(), dialect: Dialect, source: z.string(), name: z.string().nullable() }),
  status: z.enum(approvalStatuses),
  kind: z.enum(approvalKinds),
  tool: z.string().nullable(),
  arguments: json.describe("exactly as written: numbers too large for a double and repeated keys are kept"),
  repeatedKeys: z
    .array(z.string())
    .nullable()
    .describe("paths of keys that the request repeats: programs differ in which of the values they take"),
  question: z.string().nullable().describe("the agent's own words"),
  choices: z.array(z.string()).nullable(),
  schema: json.describe("JSON schema of the answer or of the edited arguments"),
  actions: z.array(z.enum(approvalActions)).describe("the possible decisions"),
  agent: z.string().nullable(),
  risk: z.string().nullable(),
  actionHash: z.string().describe("SHA-256 of canonical JSON {run, tool, arguments}; a decision must name it"),
  requestedSeq: z.number().int().nullable(),
  askedAt: instant,
  expiresAt: instant.nullable(),
  supersededBy: z.uuid().nullable(),
  decision: Decision.nullable(),
  receipt: Receipt.nullable().describe("null unless decided through Watchfloor"),
});
export type Approval = z.infer<typeof Approval>;

export const ApprovalList = /* @__PURE__ */ z.object({
  approvals: z.array(Approval),
  pending: z.number().int().describe("pending requests in the whole project"),
  nextCursor: z.string().nullable(),
});
export type ApprovalList = z.infer<typeof ApprovalList>;

const comment = z.string().max(4_000);

/** A person's decision. `actionHash` is the hash of what they were shown. */
export const DecisionRequest = /* @__PURE__ */ z.strictObject({
  decision: z.enum(approvalActions),
  actionHash: z.string().regex(/^[0-9a-f]{64}$/, "It must be the request's actionHash: a SHA-256 of 64 hex digits."),
  comment: comment.optional(),
  editedArguments: json.optional(),
  answer: json.optional(),
  standing: NewStanding.optional().describe("with approve: also allows the next requests like this one"),
});
export type DecisionRequest = z.infer<typeof DecisionRequest>;

/** A request from an agent. */
export const ApprovalRequest = /* @__PURE__ */ z.strictObject({
  run: z.string().min(1).max(512).describe("Watchfloor's id of the run, or the sender's"),
  id: z.string().trim().min(1).max(200).optional().describe("the agent's own id; asking again with other arguments supersedes the request"),
  kind: z.enum(approvalKinds),
  tool: z.string().min(1).max(500).optional(),
  arguments: json.optional(),
  question: comment.optional(),
  choices: z.array(z.string().min(1).max(500)).min(1).max(50).optional(),
  schema: z.record(z.string(), json).optional(),
  allowed: z.array(z.enum(approvalActions)).min(1).optional(),
  agent: z.string().min(1).max(200).optional(),
  risk: z.string().min(1).max(200).optional(),
  expiresInSeconds: z.number().int().min(1).max(31_536_000).optional(),
});
export type ApprovalRequest = z.infer<typeof ApprovalRequest>;
