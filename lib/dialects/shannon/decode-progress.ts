import type { JsonObject } from "../../core/json";
import { definedOrNone, own, readCount, readId, readNumber, readString } from "../shared";
import { budgetScopeOf } from "./budget";
import type { Reading, ShannonRule, ShannonRules } from "./rule";

const percentKeys = ["percentage", "percent"];

/** A share of the whole; a budget may exceed 100 percent, progress may not. */
function percentOf(fields: JsonObject, keys: readonly string[], most = Number.MAX_SAFE_INTEGER): number | undefined {
  const percent = readNumber(fields, ...keys);
  return percent !== undefined && percent >= 0 && percent <= most ? percent : undefined;
}

const progress: ShannonRule = {
  keys: [...percentKeys, "current_step", "total_steps", "current_task"],
  read: ({ fields }) => ({
    name: readString(fields, "current_task"),
    progress: definedOrNone({
      percent: percentOf(fields, percentKeys, 100),
      step: readCount(fields, "current_step"),
      steps: readCount(fields, "total_steps"),
    }),
  }),
};

/** Records of one stage do not show how far the run is: they stay in `extra`. */
const processing: ShannonRule = { keys: ["operation"], read: ({ fields }) => ({ name: readString(fields, "operation") }) };

const waiting: ShannonRule = {
  keys: ["waiting_for", "wait_reason"],
  read: ({ fields }) => ({ name: readId(fields, "waiting_for"), text: readString(fields, "wait_reason") }),
};

const budgetKeys = ["usage_percent", "threshold_percent", "tokens_used", "tokens_budget", "level", "budget_type"];

function budgetOf(fields: JsonObject): Reading["budget"] {
  return definedOrNone({
    usedPercent: percentOf(fields, ["usage_percent"]),
    thresholdPercent: percentOf(fields, ["threshold_percent"]),
    tokensUsed: readCount(fields, "tokens_used"),
    tokensBudget: readCount(fields, "tokens_budget"),
    level: readString(fields, "level"),
    scope: budgetScopeOf(readString(fields, "budget_type")),
  });
}

const threshold: ShannonRule = { keys: budgetKeys, read: ({ fields }) => ({ budget: budgetOf(fields) }) };

/** An update is a crossing only if its own figures show that the threshold is reached. */
const budgetUpdate: ShannonRule = {
  keys: budgetKeys,
  read: ({ fields }) => {
    const budget = budgetOf(fields);
    const { usedPercent, thresholdPercent } = budget ?? {};
    const crossed = usedPercent !== undefined && thresholdPercent !== undefined && usedPercent >= thresholdPercent;
    return { type: crossed ? "budget.crossed" : "run.updated", budget };
  },
};

const tasks: ShannonRule = { keys: ["tasks"], read: ({ fields }) => ({ output: own(fields, "tasks") }) };
const leadDecision: ShannonRule = {
  keys: ["event_type", "actions"],
  read: ({ fields }) => ({ name: readString(fields, "event_type"), output: own(fields, "actions") }),
};
const leadTool: ShannonRule = { keys: ["tool"], read: ({ fields }) => ({ name: readString(fields, "tool") }) };
const plan: ShannonRule = { keys: [], read: ({ message }) => ({ text: message }) };
const synthesis: ShannonRule = { keys: [], read: () => ({}) };

/** Progress, waits, plans and budgets. */
export const progressRules: ShannonRules = [
  ["PROGRESS", progress],
  ["DATA_PROCESSING", processing],
  ["SYNTHESIS", synthesis],
  ["WAITING", waiting],
  ["BUDGET_THRESHOLD", threshold],
  ["BUDGET_UPDATE", budgetUpdate],
  ["TASKLIST_UPDATED", tasks],
  ["LEAD_DECISION", leadDecision],
  ["LEAD_TOOL_CALL", leadTool],
  ["RESEARCH_PLAN_READY", plan],
  ["RESEARCH_PLAN_UPDATED", plan],
  ["RESEARCH_PLAN_APPROVED", plan],
];
