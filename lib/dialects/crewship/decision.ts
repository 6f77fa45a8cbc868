import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";
import { type OwnDecision, type OwnRequest, ownDecisionPart, ownRequestPart } from "../shared/own-approval";

/** Crewship has no event for approvals: ours, in its shape. */
export function crewshipDecision(decision: OwnDecision): JsonObject {
  return defined({
    type: "approval.decided",
    run_id: decision.runId,
    timestamp: isoOf(decision.atMs),
    ...ownDecisionPart(decision),
  }) as JsonObject;
}

export function crewshipRequest(request: OwnRequest): JsonObject {
  return defined({
    type: "approval.requested",
    run_id: request.runId,
    timestamp: isoOf(request.atMs),
    agent: request.agent,
    risk: request.risk,
    ...ownRequestPart(request),
    arguments: request.arguments,
  }) as JsonObject;
}
