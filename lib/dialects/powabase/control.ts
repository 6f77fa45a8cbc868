import type { JsonObject } from "../../core/json";
import { type OwnControl, ownControl } from "../shared/own-control";

/** Powabase has no frame for this: ours, with both discriminators like its own frames. */
export function powabaseControl(control: OwnControl): JsonObject {
  return { event: `run.${control.word}`, ...ownControl(control) };
}
