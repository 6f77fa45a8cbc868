import type { CanonicalEvent } from "../../core/events/canonical";
import type { Incoming } from "../contract";
import { readInstant } from "../shared";
import { approvalRules } from "../shared/approval-rules";
import { budgetRules } from "../shared/budget-rules";
import { controlRules } from "../shared/control-rules";
import { doneMark } from "../shared/done-mark";
import { type Rules, readByRule, streamEnd } from "../shared/rule";
import { runRules } from "./decode-runs";
import { workRules } from "./decode-work";
import { fieldsOf, wordOf } from "./fields-of";

const rules: Rules = new Map([...controlRules, ...runRules, ...workRules, ...approvalRules, ...budgetRules, [doneMark, streamEnd]]);

/** Reads one event of any of the three shapes. */
export function decode(incoming: Incoming): CanonicalEvent {
  const fields = fieldsOf(incoming);
  return readByRule(rules, wordOf(incoming), fields, {
    keys: ["timestamp", "created_at", "run_id"],
    occurredAtMs: readInstant(fields, "timestamp", "created_at"),
  });
}
