import type { LoggedEvent } from "../events/logged";
import { addTranscriptEvent } from "./transcript-apply";
import { TranscriptDraft } from "./transcript-draft";
import type { TranscriptState } from "./transcript-state";

export function emptyTranscript(): TranscriptState {
  return { entries: [], open: {} };
}

/** What was said and done, in order of arrival: deltas are joined per agent, then closed and replaced by the whole text when it arrives. */
export class TranscriptFold {
  readonly #draft: TranscriptDraft;

  constructor(slice: TranscriptState) {
    this.#draft = new TranscriptDraft(slice);
  }

  take(events: readonly LoggedEvent[]): void {
    for (const event of events) addTranscriptEvent(this.#draft, event);
  }

  settle(): TranscriptState {
    return this.#draft.settle();
  }
}

export function evolveTranscript(slice: TranscriptState, events: readonly LoggedEvent[]): TranscriptState {
  const fold = new TranscriptFold(slice);
  fold.take(events);
  return fold.settle();
}
