import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip } from "./clip";
import { defined } from "./defined";
import { ownKey, readApprovalFields, withOwnApproval } from "./own-approval";
import { preview } from "./preview";
import { readString } from "./read-string";
import type { Rule } from "./rule";

const requestKeys = [
  "approval_id",
  "kind",
  "tool",
  "tool_name",
  "arguments",
  "question",
  "risk",
  "choices",
  "schema",
  "allowed",
  "timeout_ms",
];
const decisionKeys = [
  ...["approval_id", "kind", "tool", "tool_name", "decision", "decided_by", "decided_at", "comment", "answer"],
  ...["edited_arguments", "request_id", "request_seq", "action_hash"],
];

function approvalOf(fields: JsonObject) {
  return withOwnApproval(readApprovalFields(fields), fields);
}

const requested: Rule = {
  keys: [...requestKeys, ownKey, "agent"],
  read: (fields) => {
    const approval = approvalOf(fields);
    return defined<CanonicalEvent>({
      type: "approval.requested",
      agent: readString(fields, "agent"),
      name: approval.tool,
      summary: clip(approval.question) ?? (approval.tool === undefined ? undefined : clip(`Approve ${approval.tool}?`)),
      approval,
    });
  },
};

const decided: Rule = {
  keys: [...decisionKeys, ownKey],
  read: (fields) => {
    const approval = approvalOf(fields);
    return defined<CanonicalEvent>({ type: "approval.decided", summary: clip(approval.comment) ?? preview(approval.answer), approval });
  },
};

/** For systems without an event for approvals: ours, in their style. */
export const approvalRules: readonly (readonly [string, Rule])[] = [
  ["approval.requested", requested],
  ["approval.decided", decided],
];
