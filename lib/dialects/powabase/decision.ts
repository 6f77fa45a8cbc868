import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";
import { type OwnDecision, type OwnRequest, ownDecisionPart, ownKey, ownRequestPart } from "../shared/own-approval";
import { refusalOf } from "./decision-of";

/** Powabase has no event for a decision: its own clients understand the result of the hook that asked, blocked with the engine's texts. */
export function powabaseDecision(decision: OwnDecision): JsonObject {
  const word = "hook_result";
  const refusal = decision.decision === "denied" || decision.decision === "timeout" ? refusalOf(decision.decision, decision.comment) : null;
  return defined({
    event: word,
    type: word,
    run_id: decision.runId,
    hook_id: decision.approvalId,
    hook_event: "PreToolUse",
    status: decision.decision === "timeout" ? "timed_out" : "succeeded",
    tool_name: decision.tool,
    modified: decision.editedArguments !== undefined,
    blocked: refusal !== null,
    message: refusal ?? decision.comment ?? "Approved",
    timestamp: isoOf(decision.atMs),
    [ownKey]: ownDecisionPart(decision),
  }) as JsonObject;
}

export function powabaseRequest(request: OwnRequest): JsonObject {
  const word = "approval_requested";
  return defined({
    event: word,
    type: word,
    run_id: request.runId,
    approval_id: request.approvalId,
    tool_name: request.tool,
    tool_input: request.arguments,
    message: request.question ?? `Approve ${request.tool ?? "this"}?`,
    timestamp: isoOf(request.atMs),
    [ownKey]: ownRequestPart(request),
  }) as JsonObject;
}
