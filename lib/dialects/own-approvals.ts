import type { Dialect } from "../core/dialect";
import type { JsonObject } from "../core/json";
import { agentOsDecision, agentOsRequest } from "./agent-os/decision";
import { crewshipDecision, crewshipRequest } from "./crewship/decision";
import { powabaseDecision, powabaseRequest } from "./powabase/decision";
import { resonantDecision, resonantRequest } from "./resonant/decision";
import { shannonDecision, shannonRequest } from "./shannon/decision";
import type { OwnDecision, OwnRequest } from "./shared/own-approval";

export type { OwnDecision, OwnRequest } from "./shared/own-approval";

type Words = { readonly request: (request: OwnRequest) => JsonObject; readonly decision: (decision: OwnDecision) => JsonObject };

/** How requests and decisions made through us are written into a run, in the format of its own system. */
export const ownApprovals: Readonly<Record<Dialect, Words>> = {
  shannon: { request: shannonRequest, decision: shannonDecision },
  "agent-os": { request: agentOsRequest, decision: agentOsDecision },
  powabase: { request: powabaseRequest, decision: powabaseDecision },
  crewship: { request: crewshipRequest, decision: crewshipDecision },
  resonant: { request: resonantRequest, decision: resonantDecision },
};
