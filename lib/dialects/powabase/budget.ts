import type { JsonObject } from "../../core/json";
import { type OwnCrossing, ownCrossing } from "../shared/own-budget";

/** Powabase has no frame for budgets: ours, with both discriminators like its own frames. */
export function powabaseBudget(crossing: OwnCrossing): JsonObject {
  return { event: "budget.crossed", ...ownCrossing(crossing) };
}
