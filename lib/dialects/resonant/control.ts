import type { JsonObject } from "../../core/json";
import { isoOf } from "../shared";
import { ownKey } from "../shared/own-approval";
import { controlSentence, type OwnControl, ownControlPart } from "../shared/own-control";

/** The platform has no event for this: ours, in its envelope. */
export function resonantControl(control: OwnControl): JsonObject {
  return {
    type: `run.${control.word}`,
    created_at: isoOf(control.atMs),
    data: { session_id: control.runId, message: controlSentence(control), [ownKey]: ownControlPart(control) },
    metadata: {},
  };
}
