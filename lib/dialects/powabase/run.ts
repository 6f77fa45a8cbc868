import type { RunSummary } from "../../core/api/run";
import type { LoggedEvent } from "../../core/events/logged";
import type { Json, JsonObject } from "../../core/json";
import type { RunStatus } from "../../core/run/status";
import type { Outgoing } from "../contract";
import { createdAt } from "../shared/created-at";
import { powabaseEncoder } from "./encode";
import { toolCallsOf } from "./tool-calls";

/** A client polls until the word is no longer `running`, so that everything unfinished is that. */
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

/** Only an answer that does not list all events says so. */
export function truncated(cut: PowabaseRunParts["cut"]): JsonObject {
  return cut ? { truncated: { after_seq: cut.afterSeq, last_seq: cut.lastSeq, rest: cut.rest } } : {};
}

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
