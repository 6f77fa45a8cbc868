import type { JsonObject } from "../../core/json";
import { isoOf } from "../shared";
import { crossingSentence, type OwnCrossing, ownCrossingPart } from "../shared/own-budget";

/** agent-os has no event for budgets: ours, in its envelope. */
export function agentOsBudget(crossing: OwnCrossing): JsonObject {
  return {
    event_type: "budget.crossed",
    sdk_run_id: crossing.runId,
    occurred_at: isoOf(crossing.atMs),
    payload: { message: crossingSentence(crossing), ...ownCrossingPart(crossing) },
  };
}
