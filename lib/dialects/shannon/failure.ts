import type { EventError } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";

/** WORKFLOW_FAILED, which Shannon's clients know and Shannon itself never sends: the end of a workflow that it did not report. */
export function shannonFailure({ runId, error, atMs }: { runId: string; error: EventError; atMs: number }): JsonObject {
  return {
    workflow_id: runId,
    type: "WORKFLOW_FAILED",
    message: `The stream ended after an error, without a completion: ${error.message}`,
    timestamp: isoOf(atMs),
    payload: defined({ error_type: error.code, error_message: error.message }) as JsonObject,
  };
}
