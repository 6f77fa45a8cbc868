import { type ControlAction, controlActions } from "../../core/control/words";
import type { CanonicalEvent, Control } from "../../core/events/canonical";
import type { JsonObject } from "../../core/json";
import { defined, definedOrNone } from "./defined";
import { isoOf } from "./iso-of";
import { ownKey } from "./own-approval";
import { readId } from "./read-id";
import { readObject } from "./read-object";
import { readString } from "./read-string";

/** What is written: a request, or that it was done where the agent said so without an event of its own. */
export type ControlWord = "pausing" | "paused" | "resumed" | "cancelling" | "cancelled";

/** A pause, resume or cancel that was asked through us, to be written in the words of the run's system. */
export type OwnControl = {
  /** The sender's id of the run. */
  readonly runId: string;
  readonly word: ControlWord;
  /** Our id of the request. */
  readonly id: string;
  readonly action: ControlAction;
  readonly by?: string;
  readonly reason?: string;
  readonly atMs: number;
};

/** The event that asks for an action. Nothing lies between asked and done for a resume: every system has one word for both. */
export const requestWords: Readonly<Record<ControlAction, ControlWord>> = { pause: "pausing", resume: "resumed", cancel: "cancelling" };
export const doneWords: Readonly<Record<ControlAction, ControlWord>> = { pause: "paused", resume: "resumed", cancel: "cancelled" };

const sentences: Readonly<Record<ControlWord, string>> = {
  pausing: "Pause requested",
  paused: "Paused",
  resumed: "Resume requested",
  cancelling: "Cancel requested",
  cancelled: "Cancelled",
};

export function controlSentence({ word, by, reason }: OwnControl): string {
  return `${sentences[word]}${by === undefined ? "" : ` by ${by}`}${reason === undefined ? "" : `: ${reason}`}`;
}

export function ownControlPart({ id, action, by, reason }: OwnControl): JsonObject {
  return defined({ control_id: id, action, requested_by: by, reason }) as JsonObject;
}

/** For systems that have no word for it: ours, written like theirs. */
export function ownControl(control: OwnControl): JsonObject {
  return {
    type: `run.${control.word}`,
    run_id: control.runId,
    timestamp: isoOf(control.atMs),
    message: controlSentence(control),
    [ownKey]: ownControlPart(control),
  };
}

/** What an event says under our own key. It counts only in events that Watchfloor wrote itself. */
export function readOwnControl(fields: JsonObject): Pick<CanonicalEvent, "control"> {
  const told = readObject(fields, ownKey);
  if (told === undefined) return {};
  const action = readString(told, "action");
  return defined({
    control: definedOrNone<Control>({
      id: readId(told, "control_id"),
      action: controlActions.find((one) => one === action),
      by: readString(told, "requested_by"),
      reason: readString(told, "reason"),
    }),
  });
}
