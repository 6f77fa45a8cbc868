import type { JsonObject } from "../../core/json";
import { type OwnCrossing, ownCrossing } from "../shared/own-budget";

/** Crewship has no event for budgets: ours, in its shape. */
export function crewshipBudget(crossing: OwnCrossing): JsonObject {
  return ownCrossing(crossing);
}
