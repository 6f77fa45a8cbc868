import { emptyApprovals, evolveApprovals } from "../approvals/approvals";
import type { LoggedEvent } from "../events/logged";
import { emptyUsage, evolveUsage } from "../usage/usage";
import { emptyLifecycle, evolveLifecycle } from "./lifecycle";
import type { RowState, RunState } from "./state";
import { emptyTeam, TeamFold } from "./team";
import { emptyTimeline, TimelineFold } from "./timeline";
import { emptyTranscript, TranscriptFold } from "./transcript";

/**
 * Bump whenever the same events fold to another state or the state is stored differently: states stored by another version are refolded.
 */
export const foldVersion = "22";

export function emptyRow(): RowState {
  return { lifecycle: emptyLifecycle(), usage: emptyUsage(), approvals: emptyApprovals() };
}

export function emptyRun(): RunState {
  return { ...emptyRow(), timeline: emptyTimeline(), team: emptyTeam(), transcript: emptyTranscript() };
}

/** The events that the state has not seen: those at or before `lastSeq`, and duplicates, are skipped. */
function unseen(events: readonly LoggedEvent[], lastSeq: number): readonly LoggedEvent[] {
  let last = lastSeq;
  let at = 0;
  for (; at < events.length; at += 1) {
    const seq = events[at]?.seq ?? 0;
    if (!Number.isSafeInteger(seq) || seq <= last) break;
    last = seq;
  }
  if (at === events.length) return events;
  const fresh = events.slice(0, at);
  for (; at < events.length; at += 1) {
    const event = events[at];
    if (event === undefined || !Number.isSafeInteger(event.seq) || event.seq <= last) continue;
    last = event.seq;
    fresh.push(event);
  }
  return fresh;
}

function evolveRow(state: RowState, fresh: readonly LoggedEvent[]): RowState {
  const approvals = evolveApprovals(state.approvals, fresh);
  return { lifecycle: evolveLifecycle(state.lifecycle, fresh, approvals), usage: evolveUsage(state.usage, fresh), approvals };
}

/** The slices of the run row, which the append transaction maintains. Same reference if all events were already seen. */
export function foldRow(state: RowState, events: readonly LoggedEvent[]): RowState {
  const fresh = unseen(events, state.lifecycle.lastSeq);
  return fresh.length === 0 ? state : evolveRow(state, fresh);
}

/** How many events all slices read before moving on: they stay in the processor's cache. */
const stride = 512;

/**
 * An incremental fold: results become visible in `settle`, which copies each touched list once, however many pieces there were. For long
 * logs whose intermediate states nobody reads. Do not use after `settle`.
 */
export class RunFold {
  #row: RowState;
  readonly #timeline: TimelineFold;
  readonly #team: TeamFold;
  readonly #transcript: TranscriptFold;
  readonly #began: RunState;

  constructor(state: RunState) {
    this.#began = state;
    this.#row = state;
    this.#timeline = new TimelineFold(state.timeline);
    this.#team = new TeamFold(state.team);
    this.#transcript = new TranscriptFold(state.transcript);
  }

  get lastSeq(): number {
    return this.#row.lifecycle.lastSeq;
  }

  take(events: readonly LoggedEvent[]): this {
    const fresh = unseen(events, this.lastSeq);
    for (let from = 0; from < fresh.length; from += stride)
      this.#takeSome(from === 0 && fresh.length <= stride ? fresh : fresh.slice(from, from + stride));
    return this;
  }

  settle(): RunState {
    if (this.#row === this.#began) return this.#began;
    const { lifecycle, usage, approvals } = this.#row;
    return {
      ...{ lifecycle, usage, approvals },
      ...{ timeline: this.#timeline.settle(), team: this.#team.settle(), transcript: this.#transcript.settle() },
    };
  }

  #takeSome(events: readonly LoggedEvent[]): void {
    this.#row = evolveRow(this.#row, events);
    this.#timeline.take(events);
    this.#team.take(events);
    this.#transcript.take(events);
  }
}

/**
 * Everything that a reader sees of a run. Pure and total: folding a prefix and then the rest equals folding everything; events already seen
 * change nothing and return the same reference; no clock is read.
 */
export function fold(state: RunState, events: readonly LoggedEvent[]): RunState {
  return new RunFold(state).take(events).settle();
}
