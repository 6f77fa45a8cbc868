import type { Dialect } from "../core/dialect";
import type { JsonObject } from "../core/json";
import { agentOsControl } from "./agent-os/control";
import { crewshipControl } from "./crewship/control";
import { powabaseControl } from "./powabase/control";
import { resonantControl } from "./resonant/control";
import { shannonControl } from "./shannon/control";
import type { OwnControl } from "./shared/own-control";

export { doneWords, type OwnControl, requestWords } from "./shared/own-control";

/** How a pause, resume or cancel requested through us is written into a run, in the format of its own system. */
export const ownControls: Readonly<Record<Dialect, (control: OwnControl) => JsonObject>> = {
  shannon: shannonControl,
  "agent-os": agentOsControl,
  powabase: powabaseControl,
  crewship: crewshipControl,
  resonant: resonantControl,
};
