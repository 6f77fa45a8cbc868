import type { Approval } from "../../core/events/canonical";
import { entriesOf, objectOf } from "../../core/exact-json";
import { isJsonObject, type Json, type JsonObject } from "../../core/json";
import { clip, defined, own, readBoolean, readId, readString } from "../shared";
import { ownKey, withOwnApproval } from "../shared/own-approval";
import { readTimeout } from "../shared/read-timeout";
import { toolInputKeys, toolInputOf, toolNameKeys } from "./decode-tool";
import { readModifiedAction } from "./modified-action";
import type { Reading, ShannonRule, ShannonRules } from "./rule";
import type { ShannonEvent } from "./shannon-event";

const idInMessage = /\bid=([0-9a-f-]{36})(?![0-9a-f-])/i;
const argumentKeys = ["details", ...toolInputKeys];

function idOf({ fields, message }: ShannonEvent): string | undefined {
  return readId(fields, "approval_id") ?? (message === undefined ? undefined : idInMessage.exec(message)?.[1]);
}

/** `operation` matters as much as the details, so a human approves both. */
function argumentsOf(fields: JsonObject): Json | undefined {
  const details = toolInputOf(fields, ...argumentKeys);
  const operation = own(fields, "operation");
  if (operation === undefined || operation === "") return details;
  if (details === undefined) return { operation };
  if (!isJsonObject(details) || Object.hasOwn(details, "operation")) return { operation, details };
  return objectOf([["operation", operation], ...entriesOf(details)]);
}

/** The running system sends only a message: then there is no id, tool or deadline, and none is invented. */
function readRequest(event: ShannonEvent): Reading {
  const { fields, message } = event;
  const tool = readId(fields, ...toolNameKeys);
  return {
    name: tool,
    summary: clip(message) ?? (tool === undefined ? undefined : clip(`Approve ${tool}?`)),
    approval: withOwnApproval(
      defined<Approval>({
        id: idOf(event),
        kind: "tool",
        tool,
        arguments: argumentsOf(fields),
        question: readString(fields, "question") ?? message,
        channel: readString(fields, "channel"),
        risk: readString(fields, "risk_level", "risk"),
        timeoutMs: readTimeout(fields),
      }),
      fields,
    ),
  };
}

const decisionWords: ReadonlyMap<string, Approval["decision"]> = new Map([
  ["approved", "approved"],
  ["approve", "approved"],
  ["granted", "approved"],
  ["denied", "denied"],
  ["deny", "denied"],
  ["rejected", "denied"],
  ["timeout", "timeout"],
  ["timed_out", "timeout"],
  ["expired", "timeout"],
]);

/** Shannon's own sentences: "Approved — continuing", "Approval denied: id=..., feedback=...". Words in the feedback decide nothing. */
const sentence = /^(?:Approval )?(approved|granted|denied|rejected|timeout|expired)\b/i;
const feedback = /, feedback=(.*)$/s;
const timeoutFeedback = "approval timeout";

function decisionOf({ fields, message }: ShannonEvent, comment: string | undefined): Approval["decision"] {
  const word = readString(fields, "decision", "status");
  const stated = word === undefined || word.length > 20 ? undefined : decisionWords.get(word.toLowerCase());
  if (stated !== undefined) return stated;
  if (comment === timeoutFeedback) return "timeout";
  const approved = readBoolean(fields, "approved");
  if (approved !== undefined) return approved ? "approved" : "denied";
  const spoken = message === undefined ? undefined : sentence.exec(message)?.[1];
  return spoken === undefined ? undefined : decisionWords.get(spoken.toLowerCase());
}

const commentKeys = ["comments", "comment", "feedback", "reason"];
const deciderKeys = ["approved_by", "denied_by", "decided_by"];

function readDecision(event: ShannonEvent): Reading {
  const { fields, message } = event;
  const comment = readString(fields, ...commentKeys) ?? (message === undefined ? undefined : feedback.exec(message)?.[1]);
  return {
    approval: withOwnApproval(
      defined<Approval>({
        id: idOf(event),
        kind: "tool",
        decision: decisionOf(event, comment),
        decidedBy: readId(fields, ...deciderKeys),
        comment: comment === "" ? undefined : comment,
        answer: own(fields, "response"),
        editedArguments: readModifiedAction(own(fields, "modified_action")),
      }),
      fields,
    ),
  };
}

const requested: ShannonRule = {
  keys: [
    ...["approval_id", "operation", "channel", "risk_level", "risk", "timeout_seconds", "timeout_ms", "message", "question", ownKey],
    ...toolNameKeys,
    ...argumentKeys,
  ],
  read: readRequest,
};

const decided: ShannonRule = {
  keys: [
    "approval_id",
    "decision",
    "approved",
    "modified_action",
    "timestamp",
    "message",
    "response",
    ownKey,
    ...deciderKeys,
    ...commentKeys,
  ],
  read: readDecision,
};

/** Human approval. */
export const approvalRules: ShannonRules = [
  ["APPROVAL_REQUESTED", requested],
  ["APPROVAL_DECISION", decided],
];
