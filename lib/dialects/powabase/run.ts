import type { RunSummary } from "../../core/api/run";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { RunStatus } from "../../core/run/status";
import type { Outgoing } from "../contract";
import { createdAt } from "../shared/created-at";
import { powabaseEncoder } from "./encode";
import { toolCallsOf } from "./tool-calls";

/** A client polls until this is no longer `running`, so everything unfinished maps to that. */
export const statusWords: { readonly [status in RunStatus]: string } = {
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

export function runUsageOf({ tokens }: RunSummary): JsonObject {
  const cached = tokens.cachedRead + tokens.cachedWrite;
  return {
    prompt_tokens: tokens.input + cached,
    completion_tokens: tokens.output,
    total_tokens: tokens.total,
    cached_tokens: tokens.cachedRead,
  };
}

/** Pieces of a thought are omitted like all deltas; the whole thought follows them. */
function reasoningOf(events: readonly LoggedEvent[]): JsonObject[] {
  const thoughts = events.filter(
    ({ type, text, source }) => type === "agent.thought" && text !== undefined && source.type !== "reasoning_delta",
  );
  return thoughts.map((event) => ({ step: event.progress?.step ?? null, content: event.text ?? null }));
}

/** The input of `powabaseRun`: the run, its log (all of it or the part to show), its final answer and its first message. */
export type PowabaseRunParts = {
  readonly run: RunSummary;
  readonly outgoing: readonly Outgoing[];
  readonly answer: Json;
  readonly query: string | null;
  /** Set if the log is longer than what is given here: the last event included, the last one in the log, and the URL of the rest. */
  readonly cut?: { readonly afterSeq: number; readonly lastSeq: number; readonly rest: string };
};

/** Present only if the response does not list all events. */
export function truncated(cut: PowabaseRunParts["cut"]): JsonObject {
  return cut ? { truncated: { after_seq: cut.afterSeq, last_seq: cut.lastSeq, rest: cut.rest } } : {};
}

/**
 * Response of `GET /api/agents/runs/{run_id}`. Parents and retrieved context are null: no event reports them. `truncated`, which is ours,
 * is present only if not all events are listed; `events`, `tool_calls` and `reasoning_steps` then cover the log up to that point.
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
    usage: runUsageOf(run),
    retrieved_context: null,
    error: run.error?.message ?? null,
    started_at: run.startedAt,
    completed_at: run.endedAt,
    steps: run.steps,
    events: outgoing.map(powabaseEncoder.item).filter((item) => item !== null),
    tool_calls: toolCallsOf(outgoing),
    reasoning_steps: reasoningOf(events),
    created_at: createdAt(run),
    ...truncated(cut),
  };
}
