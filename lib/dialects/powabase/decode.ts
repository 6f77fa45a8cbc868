import type { CanonicalEvent } from "../../core/events/canonical";
import type { Incoming } from "../contract";
import { readInstant } from "../shared";
import { budgetRules } from "../shared/budget-rules";
import { controlRules } from "../shared/control-rules";
import { doneMark } from "../shared/done-mark";
import { type Rules, readByRule, streamEnd } from "../shared/rule";
import { wordOf } from "./address";
import { agentRules } from "./decode-agent";
import { hookRules } from "./decode-hooks";
import { orchestrationRules } from "./decode-orchestration";
import { toolRules } from "./decode-tools";
import { workflowRules } from "./decode-workflow";

const rules: Rules = new Map([
  ...agentRules,
  ...toolRules,
  ...orchestrationRules,
  ...workflowRules,
  ...hookRules,
  ...budgetRules,
  ...controlRules,
  [doneMark, streamEnd],
]);

/**
 * Reads one frame. `seq` stays in `extra`: it counts per run context and restarts in every delegate, so it is not a gap-free sequence of
 * the run.
 */
export function decode(incoming: Incoming): CanonicalEvent {
  const { body } = incoming;
  return readByRule(rules, wordOf(incoming), body, {
    keys: ["event", "type", "ts", "timestamp", "run_id", "execution_id"],
    occurredAtMs: readInstant(body, "ts", "timestamp"),
  });
}
