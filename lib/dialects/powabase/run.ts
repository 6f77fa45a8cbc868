import type { RunSummary } from "../../core/api/run";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { RunStatus } from "../../core/run/status";
import type { Outgoing } from "../contract";
import { powabaseEncoder } from "./encode";

/** A client polls until the word is no longer `running`, so that everything unfinished is that. */
const statusWords: { readonly [status in RunStatus]: string } = {
  queued: "running",
  running: "running",
  waiting: "running",
  pausing: "running",
  paused: "running",
  stalled: "running",
  cancelling: "running",
  succeeded: "completed",
  failed: "failed",
  cancelled: "cancelled",
  expired: "failed",
};

function usageOf({ tokens }: RunSummary): JsonObject {
  const cached = tokens.cachedRead + tokens.cachedWrite;
  return {
    prompt_tokens: tokens.input + cached,
    completion_tokens: tokens.output,
    total_tokens: tokens.total,
    cached_tokens: tokens.cachedRead,
  };
}

type Call = { step: Json; tool_name: Json; arguments: Json; result: Json; duration_ms: Json };

/** A result joins its call by id, else by the name of the tool. */
function pairKey(event: LoggedEvent): string {
  return event.callId === undefined ? `name ${event.name}` : `id ${event.callId}`;
}

/** Calls in the order in which they were made; a result joins the earliest open call with its key. */
function toolCallsOf(events: readonly LoggedEvent[]): JsonObject[] {
  const calls: Call[] = [];
  const open = new Map<string, Call[]>();
  let step: Json = null;
  for (const event of events) {
    if (event.type === "step.started") step = event.progress?.step ?? event.callId ?? null;
    if (event.type === "tool.called") {
      const call = { step, tool_name: event.name ?? null, arguments: event.input ?? null, result: null, duration_ms: null };
      calls.push(call);
      const waiting = open.get(pairKey(event));
      if (waiting) waiting.push(call);
      else open.set(pairKey(event), [call]);
    }
    if (event.type === "tool.returned" || event.type === "tool.failed") {
      const call = open.get(pairKey(event))?.shift();
      if (call === undefined) continue;
      call.result = event.output ?? event.error?.message ?? null;
      call.duration_ms = event.durationMs ?? null;
    }
  }
  return calls;
}

/** Pieces of a thought are left out like every delta; the whole thought follows them. */
function reasoningOf(events: readonly LoggedEvent[]): JsonObject[] {
  const thoughts = events.filter(
    ({ type, text, source }) => type === "agent.thought" && text !== undefined && source.type !== "reasoning_delta",
  );
  return thoughts.map((event) => ({ step: event.progress?.step ?? null, content: event.text ?? null }));
}

/** What `powabaseRun` is made of: the run, its log (all of it or the part to show), its final answer and its first message. */
export type PowabaseRunParts = {
  readonly run: RunSummary;
  readonly outgoing: readonly Outgoing[];
  readonly answer: Json;
  readonly query: string | null;
  /** Where the log is longer than what is given here: the last event that is, the last there is, and the address of the others. */
  readonly cut?: { readonly afterSeq: number; readonly lastSeq: number; readonly rest: string };
};

/**
 * Answer of `GET /api/agents/runs/{run_id}`. Parents and retrieved context are null: no event tells them. Only an answer that does not
 * list all events has `truncated`, which is ours: `events`, `tool_calls` and `reasoning_steps` then hold what is told up to there.
 */
export function powabaseRun({ run, outgoing, answer, query, cut }: PowabaseRunParts): JsonObject {
  const events = outgoing.map(({ event }) => event);
  return {
    id: run.externalId,
    run_id: run.externalId,
    session_id: run.sessionId,
    parent_orchestration_run_id: null,
    parent_workflow_execution_id: null,
    status: statusWords[run.status],
    input_messages: query === null ? [] : [{ role: "user", content: query }],
    output_messages: answer === null ? [] : [{ role: "assistant", content: answer }],
    content: answer,
    usage: usageOf(run),
    retrieved_context: null,
    error: run.error?.message ?? null,
    started_at: run.startedAt,
    completed_at: run.endedAt,
    steps: run.steps,
    events: outgoing.map(powabaseEncoder.item).filter((item) => item !== null),
    tool_calls: toolCallsOf(events),
    reasoning_steps: reasoningOf(events),
    created_at: run.createdAt,
    ...(cut ? { truncated: { after_seq: cut.afterSeq, last_seq: cut.lastSeq, rest: cut.rest } } : {}),
  };
}
