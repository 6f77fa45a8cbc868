import type { TranscriptEntry } from "@/lib/core/run/transcript-state";

export type TranscriptFilter = { readonly search: string; readonly errorsOnly: boolean };

const lowered = new WeakMap<TranscriptEntry, string>();

/** The entries to show; the same array when nothing is filtered. An entry's words are lowered once, however often it is asked. */
export function prepareTranscript(entries: readonly TranscriptEntry[], filter: TranscriptFilter): readonly TranscriptEntry[] {
  const query = filter.search.trim().toLowerCase();
  if (query === "" && !filter.errorsOnly) return entries;
  return entries.filter((entry) => (!filter.errorsOnly || isTrouble(entry)) && (query === "" || wordsOf(entry).includes(query)));
}

function isTrouble(entry: TranscriptEntry): boolean {
  return entry.kind === "error" || entry.level === "error";
}

function wordsOf(entry: TranscriptEntry): string {
  let words = lowered.get(entry);
  if (words === undefined) {
    words = [entry.title, entry.agent, entry.to, entry.text].filter(Boolean).join("\n").toLowerCase();
    lowered.set(entry, words);
  }
  return words;
}

/** Index of the entry that holds an event, or -1. Entries are in order of their first event; streams of several agents overlap. */
export function entryOfSeq(entries: readonly TranscriptEntry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.firstSeq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= 0 && i >= low - furthestBack; i--) if ((entries[i]?.lastSeq ?? 0) >= seq) return i;
  return -1;
}

/** As many agents as may be streaming at once. */
const furthestBack = 64;
