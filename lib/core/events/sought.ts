import type { LoggedEvent } from "./logged";

/** What is looked for in events: as it was typed, in any case, and with any white space where it has some. Finds every place (`g`). */
export type Sought = RegExp;

export const mostSoughtChars = 200;

/** Null where nothing was typed. */
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
  /** What stands around the words where only the sender's JSON holds them; null = one of the event's own fields does. */
  readonly around: string | null;
};

/**
 * Looks in what we read of an event, and in the sender's JSON: as it was sent, and as it reads, because most senders write `"\u00fc"` or a
 * line break as an escape. Null where neither holds the words.
 */
export function findIn(sought: Sought, event: LoggedEvent, rawText: string): Found | null {
  if (ownTexts(event).some((text) => text !== undefined && holds(text, sought))) return { around: null };
  const around = aroundIn(rawText, sought) ?? (rawText.includes("\\") ? aroundIn(unescaped(rawText), sought) : null);
  return around === null ? null : { around };
}

/** What a row of events shows or begins, and what is known of an event beside its JSON. */
function ownTexts({ type, source, agent, name, summary, text, error, approval }: LoggedEvent): readonly (string | undefined)[] {
  return [type, source.type, source.id, agent, name, summary, text, error?.message, approval?.requestId];
}

export function holds(text: string, sought: Sought): boolean {
  return text.search(sought) >= 0;
}

const charsBefore = 14;
const charsBehind = 120;

/** The words with what stands around them, on one line; null where the text does not hold them. */
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

/** JSON text with its escapes read: for looking, not for parsing. */
function unescaped(json: string): string {
  return json.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, one?: string) =>
    code === undefined ? (short[one as string] ?? (one as string)) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
