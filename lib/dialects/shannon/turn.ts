import type { RunSummary } from "../../core/api/run";
import { stringifyExact } from "../../core/exact-json";
import type { Json, JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { defined, own } from "../shared";
import { bodyOf } from "./body-of";
import type { ShannonTurn } from "./session-reply";
import { resultOf } from "./task";

type Turn = { readonly turn: number; readonly query: string | null; readonly answer: Json };

/** One entry of `GET /api/v1/sessions/{id}/events`, without what comes from its events. */
export function shannonTurn(run: RunSummary, { turn, query, answer }: Turn): Omit<ShannonTurn, "events" | "metadata"> {
  return {
    turn,
    task_id: run.externalId,
    user_query: query ?? run.name,
    final_output: resultOf(answer),
    timestamp: run.startedAt ?? run.createdAt,
  };
}

/** A turn's figures; the duration of an unfinished task counts up to now. */
export function shannonTurnMetadata(run: RunSummary, agents: ReadonlySet<string>, nowMs: number): ShannonTurn["metadata"] {
  return {
    tokens_used: run.tokens.total,
    execution_time_ms: run.durationMs ?? Math.max(0, nowMs - Date.parse(run.startedAt ?? run.createdAt)),
    agents_involved: [...agents].sort(),
  };
}

/** An event of a turn: the bare envelope, with its payload as text on request; null if Shannon has no type for it. */
export function shannonTurnEvent(outgoing: Outgoing, withPayload: boolean): JsonObject | null {
  const body = bodyOf(outgoing);
  if (body === null) return null;
  return defined({
    workflow_id: body.workflow_id,
    type: body.type,
    agent_id: own(body, "agent_id"),
    message: own(body, "message"),
    timestamp: body.timestamp,
    seq: body.seq,
    stream_id: body.stream_id,
    payload: withPayload && body.payload !== undefined ? stringifyExact(body.payload) : undefined,
  }) as JsonObject;
}
