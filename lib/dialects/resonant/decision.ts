import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";
import { type OwnDecision, type OwnRequest, ownDecisionPart, ownRequestPart } from "../shared/own-approval";

/** The platform has no event for approvals: ours, in its envelope. */
export function resonantDecision(decision: OwnDecision): JsonObject {
  return {
    type: "approval.decided",
    created_at: isoOf(decision.atMs),
    data: defined({ session_id: decision.runId, ...ownDecisionPart(decision) }) as JsonObject,
    metadata: {},
  };
}

export function resonantRequest(request: OwnRequest): JsonObject {
  return {
    type: "approval.requested",
    created_at: isoOf(request.atMs),
    data: defined({
      session_id: request.runId,
      agent: request.agent,
      risk: request.risk,
      ...ownRequestPart(request),
      arguments: request.arguments,
    }) as JsonObject,
    metadata: {},
  };
}
