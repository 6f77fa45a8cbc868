import type { Approval, CanonicalEvent } from "../../core/events/canonical";
import { clip, defined, own, preview, readId, readString } from "../shared";
import { ownKey, withOwnApproval } from "../shared/own-approval";
import { readTimeout } from "../shared/read-timeout";
import type { Rule } from "../shared/rule";

const idKeys = ["request_id", "approval_id"];

/** agent-os gives the question no id; one is read if the sender adds it. */
const requested: Rule = {
  keys: ["question", "context", "channel", "timeout_seconds", "timeout_ms", ownKey, ...idKeys],
  read: (fields) => {
    const question = readString(fields, "question");
    const context = own(fields, "context");
    return defined<CanonicalEvent>({
      type: "approval.requested",
      summary: clip(question) ?? preview(context),
      approval: withOwnApproval(
        defined<Approval>({
          id: readId(fields, ...idKeys),
          kind: "input",
          question,
          arguments: context,
          channel: readString(fields, "channel"),
          timeoutMs: readTimeout(fields),
        }),
        fields,
      ),
    });
  },
};

/** The agent collects the answer itself and reports it here: an answer is an answer, even if the word in it is "no". */
const received: Rule = {
  keys: ["response", "responded_by", ownKey, ...idKeys],
  read: (fields) => {
    const answer = own(fields, "response");
    return defined<CanonicalEvent>({
      type: "approval.decided",
      summary: preview(answer),
      approval: withOwnApproval(
        defined<Approval>({
          id: readId(fields, ...idKeys),
          kind: "input",
          decision: "answered",
          decidedBy: readId(fields, "responded_by"),
          answer,
        }),
        fields,
      ),
    });
  },
};

/** Human in the loop. */
export const humanRules: readonly (readonly [string, Rule])[] = [
  ["human_input_requested", requested],
  ["human_input_received", received],
];
