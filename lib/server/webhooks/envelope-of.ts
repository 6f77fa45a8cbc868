import { withExactParts } from "@/lib/core/approvals/exact";
import type { LoggedEvent } from "@/lib/core/events/logged";
import type { Json, JsonObject } from "@/lib/core/json";
import { nativeTypes } from "@/lib/core/webhooks/carried-types";
import { type ResonantEnvelope, resonantEncoder, resonantEnvelope } from "@/lib/dialects/resonant";
import { withRequestId } from "../approvals/approval-id";
import type { StoredEvent } from "../events/append/plan";
import { outgoingOf } from "../live/formats";

export type RunOfEvent = {
  readonly id: string;
  readonly externalId: string;
  /** Where people open the run. */
  readonly url: string;
};

const native: ReadonlySet<string> = new Set(nativeTypes);

/** An event as webhooks and replays send it, in ResonantGenesis's envelope; null if there is nothing to send. */
export function envelopeOf(stored: StoredEvent, run: RunOfEvent): ResonantEnvelope | null {
  const { event } = stored;
  return native.has(event.type)
    ? nativeEnvelope(withExactParts(withRequestId(run.id, event)), run)
    : resonantEnvelope(outgoingOf(resonantEncoder, stored, run.externalId));
}

/** The type under which an event with these types would be sent, without reading the event itself. */
export function envelopeTypeOf(words: Pick<LoggedEvent, "type"> & { source: Omit<LoggedEvent["source"], "id"> }): string | null {
  const event: LoggedEvent = { type: words.type, source: words.source, seq: 1, receivedAtMs: 0 };
  return envelopeOf({ event, rawText: "{}" }, { id: "", externalId: "", url: "" })?.type ?? null;
}

function nativeEnvelope(event: LoggedEvent, run: RunOfEvent): ResonantEnvelope {
  return {
    id: `evt_${run.id.replaceAll("-", "")}_${event.seq}`,
    type: event.type,
    created_at: new Date(event.occurredAtMs ?? event.receivedAtMs).toISOString(),
    data: withoutAbsent({
      run_id: run.externalId,
      run_url: run.url,
      agent_id: event.agent,
      summary: event.summary,
      ...(event.type === "budget.crossed" ? budgetOf(event) : approvalOf(event)),
    }),
    metadata: { watchfloor_run_id: run.id, seq: event.seq, dialect: event.source.dialect },
  };
}

type Fields = { readonly [key: string]: Json | undefined };

/** `approval_id` is ours, with which anybody can decide. A decision made in the agent's own system is known only by the sender's id. */
function approvalOf({ approval }: LoggedEvent): Fields {
  return {
    approval_id: approval?.requestId,
    approval_key: approval?.id === approval?.requestId ? undefined : approval?.id,
    kind: approval?.kind,
    tool: approval?.tool,
    arguments: approval?.arguments,
    question: approval?.question,
    choices: approval?.choices,
    schema: approval?.schema,
    allowed: approval?.allowed,
    risk: approval?.risk,
    timeout_ms: approval?.timeoutMs,
    decision: approval?.decision,
    decided_by: approval?.decidedBy,
    comment: approval?.comment,
    answer: approval?.answer,
    edited_arguments: approval?.editedArguments,
    action_hash: approval?.actionHash,
  };
}

function budgetOf({ budget }: LoggedEvent): Fields {
  return {
    used_percent: budget?.usedPercent,
    threshold_percent: budget?.thresholdPercent,
    tokens_used: budget?.tokensUsed,
    tokens_budget: budget?.tokensBudget,
    level: budget?.level,
    scope: budget?.scope,
  };
}

function withoutAbsent(fields: Fields): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}
