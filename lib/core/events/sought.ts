import type { LoggedEvent } from "./logged";

/** The search in events: the words as typed, case-insensitive, any white space matching any other. Finds every match (`g`). */
export type Sought = RegExp;

export const mostSoughtChars = 200;

/** Null if nothing was typed. */
export function soughtWords(typed: string): Sought | null {
  const words = typed.slice(0, mostSoughtChars).trim();
  if (words === "") return null;
  const pattern = words
    .split(/\s+/)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"))
    .join("\\s+");
  return new RegExp(pattern, "giu");
}

type Found = {
  /** The text around the match if only the sender's JSON holds it; null = one of the event's own fields does. */
  readonly around: string | null;
};

/**
 * Searches what we read of an event and the sender's JSON: both as sent and unescaped, because most senders escape `"\u00fc"` or a line
 * break. Null if neither matches.
 */
export function findIn(sought: Sought, event: LoggedEvent, rawText: string): Found | null {
  if (ownTexts(event).some((text) => text !== undefined && holds(text, sought))) return { around: null };
  const around = aroundIn(rawText, sought) ?? (rawText.includes("\\") ? aroundIn(unescaped(rawText), sought) : null);
  return around === null ? null : { around };
}

/** What an event row shows, at least in part, and what is known about an event besides its JSON. */
function ownTexts({ type, source, agent, name, summary, text, error, approval }: LoggedEvent): readonly (string | undefined)[] {
  return [type, source.type, source.id, agent, name, summary, text, error?.message, approval?.requestId];
}

export function holds(text: string, sought: Sought): boolean {
  return text.search(sought) >= 0;
}

const charsBefore = 14;
const charsBehind = 120;

/** The match with its surroundings, on one line; null if the text does not match. */
export function aroundIn(text: string, sought: Sought): string | null {
  if (!holds(text, sought)) return null;
  const [hit] = text.matchAll(sought);
  if (hit === undefined) return null;
  const from = Math.max(0, hit.index - charsBefore);
  const to = Math.min(text.length, hit.index + hit[0].length + charsBehind);
  const line = text.slice(from, to).toWellFormed().replace(/\s+/g, " ");
  return `${from > 0 ? "…" : ""}${line}${to < text.length ? "…" : ""}`;
}

const short: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** JSON text with its escapes decoded: for searching, not for parsing. */
function unescaped(json: string): string {
  return json.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, one?: string) =>
    code === undefined ? (short[one as string] ?? (one as string)) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
