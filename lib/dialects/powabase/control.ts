import type { JsonObject } from "../../core/json";
import { type OwnControl, ownControl } from "../shared/own-control";

/** Powabase has no frame for it: ours, named twice as its frames are. */
export function powabaseControl(control: OwnControl): JsonObject {
  return { event: `run.${control.word}`, ...ownControl(control) };
}
