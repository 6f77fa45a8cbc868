import type { ControlAction } from "../core/control/words";
import type { Dialect } from "../core/dialect";
import { crewshipEndpoints } from "./crewship/endpoints";
import { powabaseEndpoints } from "./powabase/endpoints";
import { resonantEndpoints } from "./resonant/endpoints";
import { shannonEndpoints } from "./shannon/endpoints";
import type { SourceEndpoints } from "./shared/source-endpoints";

export type { SentDecision, SourceCall, SourceEndpoints } from "./shared/source-endpoints";
export { endpointUrl } from "./shared/source-endpoints";

/** agent-os takes events and tells nothing: there is nothing to call. */
const agentOsEndpoints: SourceEndpoints = { headers: () => ({}), actions: [] };

/** What can be called and read at each system's own address. */
export const sourceEndpoints: Readonly<Record<Dialect, SourceEndpoints>> = {
  shannon: shannonEndpoints,
  "agent-os": agentOsEndpoints,
  powabase: powabaseEndpoints,
  crewship: crewshipEndpoints,
  resonant: resonantEndpoints,
};

/** What can be asked of a system at its own address. */
export function reachableActions(dialect: Dialect): readonly ControlAction[] {
  return sourceEndpoints[dialect].actions;
}
