import type { ApiEvent } from "@/lib/core/api/event";
import { saidLine } from "@/lib/core/events/said-line";
import { aroundIn, holds, type Sought } from "@/lib/core/events/sought";

export type Gist = {
  readonly text: string;
  /** It is a piece of the sender's JSON. */
  readonly isJson: boolean;
};

/** So much of a line is in sight on a phone, too. */
const inSight = 24;
const longest = 240;

/**
 * One line of what an event says. Where words are looked for, and neither the line's beginning nor a column beside it shows them, the place
 * that holds them.
 */
export function gistOf(event: ApiEvent, sought: Sought | null): Gist {
  const said = saidLine(event);
  const text = said.slice(0, longest);
  if (sought === null) return { text, isJson: false };
  const beside = [text.slice(0, inSight), event.type, event.source.type, event.agent ?? ""];
  if (beside.some((each) => holds(each, sought))) return { text, isJson: false };
  const error = event.error as { readonly message?: unknown } | undefined;
  for (const each of [said, event.summary, error?.message, event.text, event.name]) {
    const around = typeof each === "string" ? aroundIn(each, sought) : null;
    if (around !== null) return { text: around, isJson: false };
  }
  return event.found === undefined ? { text, isJson: false } : { text: event.found, isJson: true };
}
