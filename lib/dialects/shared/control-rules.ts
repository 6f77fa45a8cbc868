import type { CanonicalEvent, CanonicalType } from "../../core/events/canonical";
import { clip } from "./clip";
import { defined } from "./defined";
import { ownKey } from "./own-approval";
import { readOwnControl } from "./own-control";
import { readString } from "./read-string";
import type { Rule } from "./rule";

function control(type: CanonicalType): Rule {
  return {
    keys: ["message", "reason", ownKey],
    read: (fields) =>
      defined<CanonicalEvent>({
        type,
        summary: clip(readString(fields, "message", "reason")),
        text: readString(fields, "reason"),
        ...readOwnControl(fields),
      }),
  };
}

/** For systems that have no word for being paused and cancelled: ours, written like theirs. */
export const controlRules: readonly (readonly [string, Rule])[] = [
  ["run.pausing", control("run.pausing")],
  ["run.paused", control("run.paused")],
  ["run.resumed", control("run.resumed")],
  ["run.cancelling", control("run.cancelling")],
  ["run.cancelled", control("run.cancelled")],
];
