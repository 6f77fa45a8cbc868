import type { Dialect } from "../core/dialect";
import type { JsonObject } from "../core/json";
import { agentOsBudget } from "./agent-os/budget";
import { crewshipBudget } from "./crewship/budget";
import { powabaseBudget } from "./powabase/budget";
import { resonantBudget } from "./resonant/budget";
import { shannonBudget } from "./shannon/budget";
import type { OwnCrossing } from "./shared/own-budget";

export type { OwnCrossing } from "./shared/own-budget";

/** How a crossing of one of our budgets is written into a run, in the format of its own system. */
export const ownBudgets: Readonly<Record<Dialect, (crossing: OwnCrossing) => JsonObject>> = {
  shannon: shannonBudget,
  "agent-os": agentOsBudget,
  powabase: powabaseBudget,
  crewship: crewshipBudget,
  resonant: resonantBudget,
};
