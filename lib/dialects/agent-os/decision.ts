import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";
import { type OwnDecision, type OwnRequest, ownDecisionPart, ownKey, ownRequestPart } from "../shared/own-approval";

/** human_input_received: the answer itself, or the decision's word. */
export function agentOsDecision(decision: OwnDecision): JsonObject {
  return {
    event_type: "human_input_received",
    sdk_run_id: decision.runId,
    occurred_at: isoOf(decision.atMs),
    payload: defined({
      response: decision.answer ?? decision.decision,
      responded_by: decision.by,
      request_id: decision.approvalId,
      [ownKey]: ownDecisionPart(decision),
    }) as JsonObject,
  };
}

export function agentOsRequest(request: OwnRequest): JsonObject {
  const { tool, question, timeoutMs } = request;
  return defined({
    event_type: "human_input_requested",
    sdk_run_id: request.runId,
    agent_name: request.agent,
    occurred_at: isoOf(request.atMs),
    payload: defined({
      question: question ?? `Approve ${tool ?? "this"}?`,
      context: request.arguments,
      channel: "dashboard",
      request_id: request.approvalId,
      timeout_seconds: timeoutMs === undefined ? undefined : Math.ceil(timeoutMs / 1_000),
      [ownKey]: ownRequestPart(request),
    }) as JsonObject,
  }) as JsonObject;
}
