import type { JsonObject } from "../../core/json";
import { isoOf } from "../shared";
import { crossingSentence, type OwnCrossing, ownCrossingPart } from "../shared/own-budget";

/** The platform has no event for budgets: ours, in its envelope. */
export function resonantBudget(crossing: OwnCrossing): JsonObject {
  return {
    type: "budget.crossed",
    created_at: isoOf(crossing.atMs),
    data: { session_id: crossing.runId, message: crossingSentence(crossing), ...ownCrossingPart(crossing) },
    metadata: {},
  };
}
