import type { CanonicalType } from "../events/canonical";
import type { LoggedEvent } from "../events/logged";
import { clip } from "../run/clip";
import { eventMs } from "../run/moment";
import { isSignOfLife } from "../run/sign-of-life";
import type { ControlState } from "./state";
import type { ControlAction } from "./words";

const reasonLimit = 1_000;

/** The event that shows that the agent complied. */
const doneBy: Readonly<Record<ControlAction, ReadonlySet<CanonicalType>>> = {
  pause: new Set(["run.paused"]),
  resume: new Set(["run.resumed", "run.started"]),
  cancel: new Set(["run.cancelled"]),
};

/** The event that requests it. */
const requestedBy: Readonly<Record<ControlAction, CanonicalType>> = {
  pause: "run.pausing",
  resume: "run.resumed",
  cancel: "run.cancelling",
};

/** The request that an event of ours makes; null for anything a sender wrote, whatever it says. */
export function requestOf(event: LoggedEvent): ControlState | null {
  const told = event.origin === "watchfloor" ? event.control : undefined;
  if (told?.id === undefined || told.action === undefined || event.type !== requestedBy[told.action]) return null;
  return {
    id: told.id,
    action: told.action,
    seq: event.seq,
    atMs: eventMs(event),
    by: told.by === undefined ? null : clip(told.by, 200),
    reason: told.reason === undefined ? null : clip(told.reason, reasonLimit),
    doneSeq: null,
    doneAtMs: null,
  };
}

/** An agent that reports one of these after a resume request had not seen it, or did not comply. */
const standsStill: ReadonlySet<CanonicalType> = new Set<CanonicalType>(["run.pausing", "run.paused", "run.cancelling", "run.cancelled"]);

/** Most systems have no event for resuming: hearing from the agent again is the evidence. */
function shows(event: LoggedEvent, action: ControlAction): boolean {
  if (doneBy[action].has(event.type)) return true;
  return action === "resume" && isSignOfLife(event) && !standsStill.has(event.type);
}

/** The types of events that request control. */
export const requestTypes: readonly CanonicalType[] = Object.values(requestedBy);

/** The latest request as of this event. */
export function evolveControl(control: ControlState | null, event: LoggedEvent): ControlState | null {
  const request = requestOf(event);
  if (request !== null && request.id !== control?.id) return request;
  if (control === null || control.doneSeq !== null || !shows(event, control.action)) return control;
  return { ...control, doneSeq: event.seq, doneAtMs: eventMs(event) };
}
