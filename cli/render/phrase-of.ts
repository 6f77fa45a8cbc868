import { peoplePhrases } from "./people-phrases";
import type { Phrase, Phrases } from "./phrase";
import { runPhrases } from "./run-phrases";
import type { TailEvent } from "./tail-event";
import { teamPhrases } from "./team-phrases";
import { workPhrases } from "./work-phrases";

const phrases: Phrases<TailEvent["type"]> = { ...runPhrases, ...teamPhrases, ...workPhrases, ...peoplePhrases };

/** The words for one event, without its time and place in the tree. */
export function phraseOf(event: TailEvent): Phrase | null {
  const phrase = phrases[event.type](event);
  return phrase === null || phrase.text === "" ? null : phrase;
}
