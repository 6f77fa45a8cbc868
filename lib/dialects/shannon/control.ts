import type { JsonObject } from "../../core/json";
import { defined, isoOf } from "../shared";
import { ownKey } from "../shared/own-approval";
import { controlSentence, type OwnControl, ownControlPart } from "../shared/own-control";

/** WORKFLOW_PAUSING, WORKFLOW_RESUMED, WORKFLOW_CANCELLING: the types that its own clients know. */
export function shannonControl(control: OwnControl): JsonObject {
  return {
    workflow_id: control.runId,
    type: `WORKFLOW_${control.word.toUpperCase()}`,
    message: controlSentence(control),
    timestamp: isoOf(control.atMs),
    payload: defined({ reason: control.reason, [ownKey]: ownControlPart(control) }) as JsonObject,
  };
}
