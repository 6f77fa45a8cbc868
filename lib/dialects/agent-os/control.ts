import type { JsonObject } from "../../core/json";
import { isoOf } from "../shared";
import { ownKey } from "../shared/own-approval";
import { controlSentence, type OwnControl, ownControlPart } from "../shared/own-control";

/** agent-os has no event for this: ours, in its envelope. */
export function agentOsControl(control: OwnControl): JsonObject {
  return {
    event_type: `run.${control.word}`,
    sdk_run_id: control.runId,
    occurred_at: isoOf(control.atMs),
    payload: { message: controlSentence(control), [ownKey]: ownControlPart(control) },
  };
}
