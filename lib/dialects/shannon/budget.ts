import type { JsonObject } from "../../core/json";
import { isoOf } from "../shared";
import { crossingSentence, type OwnCrossing, ownCrossingPart } from "../shared/own-budget";

/** BUDGET_THRESHOLD with the seed's payload, from the agent that the seed names. */
export function shannonBudget(crossing: OwnCrossing): JsonObject {
  return {
    workflow_id: crossing.runId,
    type: "BUDGET_THRESHOLD",
    agent_id: "budget-manager",
    message: crossingSentence(crossing),
    timestamp: isoOf(crossing.atMs),
    payload: { ...ownCrossingPart(crossing), budget_type: budgetTypeOf(crossing.scope) },
  };
}

/** Shannon calls a run a task, including as a budget's scope. */
export function budgetTypeOf<Scope extends string | undefined>(scope: Scope): Scope | "task" {
  return scope === "run" ? "task" : scope;
}

export function budgetScopeOf(type: string | undefined): string | undefined {
  return type === "task" ? "run" : type;
}
