import type { JsonObject } from "../../core/json";
import { type OwnControl, ownControl } from "../shared/own-control";

/** Crewship knows only canceled runs: ours, in its shape. */
export function crewshipControl(control: OwnControl): JsonObject {
  return ownControl(control);
}
