import type { CanonicalEvent } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { clip, defined, own, readId, readNumber, readString } from "../shared";
import { readDuration } from "../shared/read-duration";
import { errorKeys, readError } from "../shared/read-error";
import type { Rule } from "../shared/rule";

function line(...parts: readonly (string | undefined)[]): string | undefined {
  return clip(parts.filter((part) => part !== undefined).join(" "));
}

function agentChange(verb: string): Rule {
  return {
    keys: ["agent_id", "name"],
    read: (fields) => {
      const name = readString(fields, "name");
      const agent = readString(fields, "agent_id");
      return defined<CanonicalEvent>({ type: "resource.changed", agent, name, summary: line("Agent", name ?? agent, verb) });
    },
  };
}

const agentError: Rule = {
  keys: ["agent_id", "session_id", "error", "error_message", "message", ...errorKeys],
  read: (fields) => {
    const error = readError(fields, "error_message", "error", "message") ?? { message: "The agent failed without a message." };
    return defined<CanonicalEvent>({ type: "agent.failed", agent: readString(fields, "agent_id"), error, summary: clip(error.message) });
  },
};

function delivery(type: "webhook.sent" | "webhook.failed", words: string): Rule {
  return {
    keys: ["delivery_id", "url", "duration_ms", "error", ...errorKeys],
    read: (fields) =>
      defined<CanonicalEvent>({
        type,
        callId: readId(fields, "delivery_id"),
        name: readString(fields, "url"),
        durationMs: readDuration(fields, "duration_ms"),
        summary: line(readString(fields, "url"), readId(fields, "status_code") ?? words),
        error: readError(fields, "error"),
      }),
  };
}

function changedKeys(fields: JsonObject): string | undefined {
  const changes = own(fields, "changes");
  if (typeof changes !== "object" || changes === null) return undefined;
  return Object.keys(changes).slice(0, 20).join(", ") || undefined;
}

function user(words: (fields: JsonObject) => string | undefined): Rule {
  return {
    keys: [],
    read: (fields) => defined<CanonicalEvent>({ type: "user.acted", summary: line(readId(fields, "user_id"), words(fields)) }),
  };
}

function amountOf(fields: JsonObject): string | undefined {
  const amount = readNumber(fields, "amount");
  return amount === undefined ? undefined : amount.toFixed(2);
}

/** Amounts are what the platform bills, not what a run cost: they never become usage. */
function billing(words: string, idKey: "invoice_id" | "payment_id"): Rule {
  return {
    keys: [idKey, "error", ...errorKeys],
    read: (fields) => {
      const id = readId(fields, idKey);
      const error = readError(fields, "error");
      return defined<CanonicalEvent>({
        type: "billing.recorded",
        callId: id,
        summary: line(words, id, amountOf(fields), readString(fields, "currency")),
        error,
        level: error === undefined ? undefined : "warn",
      });
    },
  };
}

/** Events of the platform's own lifecycle: agents as resources, webhooks, users, billing. */
export const platformRules: readonly (readonly [string, Rule])[] = [
  ["agent.created", agentChange("created")],
  ["agent.updated", agentChange("updated")],
  ["agent.deleted", agentChange("deleted")],
  ["agent.published", agentChange("published")],
  ["agent.error", agentError],
  ["webhook.sent", delivery("webhook.sent", "sent")],
  ["webhook.retried", delivery("webhook.sent", "retried")],
  ["webhook.failed", delivery("webhook.failed", "failed")],
  [
    "user.login",
    user((fields) => {
      const method = readString(fields, "method");
      return line("logged in", method === undefined ? undefined : `by ${method}`);
    }),
  ],
  ["user.settings.updated", user((fields) => line("changed", changedKeys(fields) ?? "settings"))],
  ["billing.invoice.created", billing("Invoice", "invoice_id")],
  ["billing.payment.succeeded", billing("Payment", "payment_id")],
  ["billing.payment.failed", billing("Payment failed", "payment_id")],
  ["billing.payment_failed", billing("Payment failed", "payment_id")],
];
