import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";
import { decisionSentence, type OwnDecision, type OwnRequest, ownDecisionPart, ownKey, ownRequestPart } from "../shared/own-approval";

/** APPROVAL_DECISION with the seed's payload: approved, denied or timeout; a text answer counts as approval. */
export function shannonDecision(decision: OwnDecision): JsonObject {
  return {
    workflow_id: decision.runId,
    type: "APPROVAL_DECISION",
    message: decisionSentence(decision),
    timestamp: isoOf(decision.atMs),
    payload: defined({
      approval_id: decision.approvalId,
      decision: decision.decision === "answered" ? "approved" : decision.decision,
      approved_by: decision.by,
      timestamp: isoOf(decision.atMs),
      comments: decision.comment,
      modified_action: decision.editedArguments,
      response: decision.answer,
      [ownKey]: ownDecisionPart(decision),
    }) as JsonObject,
  };
}

export function shannonRequest(request: OwnRequest): JsonObject {
  const { runId, approvalId, tool, question, timeoutMs } = request;
  return defined({
    workflow_id: runId,
    type: "APPROVAL_REQUESTED",
    agent_id: request.agent,
    message: question ?? `Approve ${tool ?? "this"}?`,
    timestamp: isoOf(request.atMs),
    payload: defined({
      approval_id: approvalId,
      tool_name: tool,
      details: request.arguments,
      question,
      risk_level: request.risk,
      timeout_seconds: timeoutMs === undefined ? undefined : Math.ceil(timeoutMs / 1_000),
      [ownKey]: ownRequestPart(request),
    }) as JsonObject,
  }) as JsonObject;
}
