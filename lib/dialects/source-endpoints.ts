import type { ControlAction } from "../core/control/words";
import type { Dialect } from "../core/dialect";

/** What can be asked of a system at its own address. */
const actions: Readonly<Record<Dialect, readonly ControlAction[]>> = {
  shannon: ["pause", "resume", "cancel"],
  "agent-os": [],
  powabase: [],
  crewship: [],
  resonant: [],
};

export function reachableActions(dialect: Dialect): readonly ControlAction[] {
  return actions[dialect];
}
