import type { LoggedEvent } from "../events/logged";
import { addTranscriptEvent } from "./transcript-apply";
import { TranscriptDraft } from "./transcript-draft";
import type { TranscriptState } from "./transcript-state";

export function emptyTranscript(): TranscriptState {
  return { entries: [], open: {} };
}

/** What was said and done, in order of arrival: deltas joined per agent, closed and replaced by the whole text when that comes. */
export function evolveTranscript(slice: TranscriptState, events: readonly LoggedEvent[]): TranscriptState {
  const draft = new TranscriptDraft(slice);
  for (const event of events) addTranscriptEvent(draft, event);
  return draft.settle();
}
