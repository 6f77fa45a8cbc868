import type { CanonicalEvent } from "../../core/events/canonical";
import type { Incoming } from "../contract";
import { defined, readInstant, readObject } from "../shared";
import { approvalRules } from "../shared/approval-rules";
import { budgetRules } from "../shared/budget-rules";
import { controlRules } from "../shared/control-rules";
import { doneMark } from "../shared/done-mark";
import { type Rules, readByRule, streamEnd } from "../shared/rule";
import { platformRules } from "./decode-platform";
import { sessionRules } from "./decode-sessions";
import { teamRules } from "./decode-teams";
import { fieldsOf, wordOf } from "./envelope-of";

const rules: Rules = new Map([
  ...sessionRules,
  ...teamRules,
  ...platformRules,
  ...approvalRules,
  ...budgetRules,
  ...controlRules,
  [doneMark, streamEnd],
]);

/** Reads an envelope, or a frame without one; `metadata` keeps its name in `extra`. */
export function decode(incoming: Incoming): CanonicalEvent {
  const { body } = incoming;
  const fields = fieldsOf(incoming);
  const event = readByRule(rules, wordOf(incoming), fields, {
    keys: ["created_at", "timestamp"],
    occurredAtMs: readInstant(body, "created_at", "timestamp") ?? readInstant(fields, "created_at", "timestamp"),
  });
  const metadata = readObject(body, "metadata");
  return metadata === undefined ? event : defined({ ...event, extra: { ...event.extra, metadata } });
}
