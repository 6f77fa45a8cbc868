import type { ApiEvent } from "@/lib/core/api/event";
import { aroundIn, holds, type Sought } from "@/lib/core/events/sought";

export type Gist = { readonly text: string /** It is a piece of the sender's JSON. */; readonly isJson: boolean };

/** So much of a line is in sight on a phone, too. */
const inSight = 24;
const longest = 240;

/**
 * One line of what an event says: its summary, else its error, its words, or what it is about. Where words are looked for, and neither the
 * line's beginning nor a column beside it shows them, the place that holds them.
 */
export function gistOf(event: ApiEvent, sought: Sought | null): Gist {
  const error = event.error as { readonly message?: string } | undefined;
  const texts = [event.summary, error?.message, event.text, event.name].filter(
    (text): text is string => typeof text === "string" && text !== "",
  );
  const text = (texts[0] ?? "").slice(0, longest);
  if (sought === null) return { text, isJson: false };
  const beside = [text.slice(0, inSight), event.type, event.source.type, event.agent ?? ""];
  if (beside.some((each) => holds(each, sought))) return { text, isJson: false };
  for (const each of texts) {
    const around = aroundIn(each, sought);
    if (around !== null) return { text: around, isJson: false };
  }
  return event.found === undefined ? { text, isJson: false } : { text: event.found, isJson: true };
}
