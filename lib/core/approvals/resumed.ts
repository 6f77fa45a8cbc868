import type { LoggedEvent } from "../events/logged";
import { eventMs } from "../run/moment";
import { isSignOfLife } from "../run/sign-of-life";
import type { ApprovalEntry, ApprovalsState } from "./state";

function isAwaited(entry: ApprovalEntry): boolean {
  return entry.decidedThrough === "watchfloor" && entry.resumedSeq === null && entry.requestedSeq !== null && entry.decidedSeq !== null;
}

function firstHeard(entry: ApprovalEntry, events: readonly LoggedEvent[]): LoggedEvent | undefined {
  const after = Math.max(entry.decidedSeq ?? 0, entry.requestedSeq ?? 0);
  return events.find((event) => event.seq > after && isSignOfLife(event));
}

/** Records, for each of our decisions, the first event that the agent sent after it. */
export function markResumed(state: ApprovalsState, events: readonly LoggedEvent[]): ApprovalsState {
  if (!state.entries.some(isAwaited)) return state.awaited === 0 ? state : { ...state, awaited: 0 };
  let awaited = 0;
  let changed = false;
  const entries = state.entries.map((entry) => {
    if (!isAwaited(entry)) return entry;
    const heard = firstHeard(entry, events);
    if (heard === undefined) {
      awaited += 1;
      return entry;
    }
    changed = true;
    return { ...entry, resumedSeq: heard.seq, resumedAtMs: eventMs(heard) };
  });
  if (!changed && awaited === state.awaited) return state;
  return { ...state, entries: changed ? entries : state.entries, awaited };
}
