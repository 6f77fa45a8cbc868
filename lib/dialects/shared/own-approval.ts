import { type ApprovalAction, type ApprovalKind, approvalActions, approvalKinds } from "../../core/approvals/words";
import type { Approval } from "../../core/events/canonical";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { defined } from "./defined";
import { isoOf } from "./iso-of";
import { own } from "./own";
import { readCount } from "./read-count";
import { readId } from "./read-id";
import { readObject } from "./read-object";
import { readString } from "./read-string";
import { readStrings } from "./read-strings";

/** Key under which an event carries what its system has no field for: choices, schema, edited arguments, the request that was decided. */
export const ownKey = "watchfloor";

/** A request that came through our own door, to be written in the words of the run's system. */
export type OwnRequest = {
  /** The sender's id of the run. */
  readonly runId: string;
  /** The agent's own id; without it our encoders write the one that we give. */
  readonly approvalId?: string;
  readonly kind: ApprovalKind;
  readonly tool?: string;
  readonly arguments?: Json;
  readonly question?: string;
  readonly choices?: readonly string[];
  readonly schema?: JsonObject;
  readonly allowed?: readonly ApprovalAction[];
  readonly agent?: string;
  readonly risk?: string;
  readonly timeoutMs?: number;
  readonly atMs: number;
};

/** A decision that was made through us, to be written in the words of the run's system. */
export type OwnDecision = {
  readonly runId: string;
  /** The id by which the agent knows the request: its own, else ours. */
  readonly approvalId: string;
  /** Ours. */
  readonly requestId: string;
  readonly requestSeq: number;
  readonly actionHash: string;
  readonly kind: ApprovalKind;
  readonly tool?: string;
  readonly decision: "approved" | "denied" | "answered" | "timeout";
  readonly by?: string;
  readonly comment?: string;
  readonly answer?: Json;
  readonly editedArguments?: Json;
  readonly atMs: number;
};

/** Arguments that are no object do not survive every system's reading, so that they are carried a second time. */
export function ownRequestPart(request: OwnRequest): JsonObject {
  const { approvalId, kind, tool, question, choices, schema, allowed, timeoutMs } = request;
  const exact = request.arguments !== undefined && !isJsonObject(request.arguments) ? request.arguments : undefined;
  return defined({
    approval_id: approvalId,
    kind,
    tool,
    arguments: exact,
    question,
    choices,
    schema,
    allowed,
    timeout_ms: timeoutMs,
  }) as JsonObject;
}

export function ownDecisionPart(decision: OwnDecision): JsonObject {
  const { approvalId, requestId, requestSeq, actionHash, kind, tool, by, comment, answer, editedArguments } = decision;
  return defined({
    approval_id: approvalId,
    request_id: requestId,
    request_seq: requestSeq,
    action_hash: actionHash,
    kind,
    tool,
    decision: decision.decision,
    decided_by: by,
    decided_at: isoOf(decision.atMs),
    comment,
    answer,
    edited_arguments: editedArguments,
  }) as JsonObject;
}

const decisions: ReadonlyMap<string, Approval["decision"]> = new Map([
  ["approved", "approved"],
  ["denied", "denied"],
  ["answered", "answered"],
  ["timeout", "timeout"],
]);

/**
 * What an event says in its system's words, and over it what it says under our own key. A question or an answer that is only in the
 * system's words is nobody's: they have no request without one, and we put one there.
 */
export function withOwnApproval(said: Approval, fields: JsonObject): Approval {
  const told = readObject(fields, ownKey);
  if (told === undefined) return said;
  const { question: _, answer: __, ...rest } = said;
  return { ...rest, ...readApprovalFields(told) };
}

export function readApprovalFields(told: JsonObject): Approval {
  const allowed = readStrings(told, "allowed")?.filter((word): word is ApprovalAction => approvalActions.some((action) => action === word));
  return defined<Approval>({
    id: readId(told, "approval_id"),
    kind: approvalKinds.find((kind) => kind === readString(told, "kind")),
    tool: readString(told, "tool", "tool_name"),
    arguments: own(told, "arguments"),
    question: readString(told, "question"),
    risk: readString(told, "risk"),
    choices: readStrings(told, "choices"),
    schema: readObject(told, "schema"),
    allowed: allowed !== undefined && allowed.length > 0 ? allowed : undefined,
    timeoutMs: readCount(told, "timeout_ms"),
    decision: decisions.get(readString(told, "decision") ?? ""),
    decidedBy: readString(told, "decided_by"),
    comment: readString(told, "comment"),
    answer: own(told, "answer"),
    editedArguments: own(told, "edited_arguments"),
    requestId: readString(told, "request_id"),
    requestSeq: readCount(told, "request_seq"),
    actionHash: readString(told, "action_hash"),
  });
}

/** Words of a refusal, as every system's readers see them. */
export function decisionSentence(decision: OwnDecision): string {
  const who = decision.by === undefined ? "" : ` by ${decision.by}`;
  return `Approval ${decision.decision}${who}: id=${decision.approvalId}${decision.comment === undefined ? "" : `, feedback=${decision.comment}`}`;
}
