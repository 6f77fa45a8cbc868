import { dialects } from "../dialect";
import { runStatuses } from "../run/status";
import { isBoundKind, type QueryKey, queryKeyOf, queryKeys } from "./parse-run-query";
import { runSorts } from "./run-sort";
import { type QueryWord, queryWords, quote } from "./words";

/** A suggestion at the caret. `text` replaces what is between the list's `from` and `to`. */
export type Suggestion = { readonly text: string; readonly label: string; readonly hint: string };
export type Suggestions = { readonly from: number; readonly to: number; readonly items: readonly Suggestion[] };

/** Names seen in the list, offered as values. */
export type KnownNames = { readonly [Key in "agent" | "model" | "session" | "source" | "environment"]?: readonly string[] };

const hints: Record<QueryKey, string> = {
  status: "running, failed, stalled …",
  agent: "agent name",
  source: "system or source name",
  environment: "environment of its source",
  model: "model it used",
  session: "session it belongs to",
  cost: "dollars, >0.5",
  tokens: "total, >10k",
  duration: "longer than, >60s",
  since: "24h, 7d, 2026-01-05",
  sort: "cost, tokens or duration, largest first",
};

const bounds = {
  cost: [">0.01", ">0.1", ">0.5", ">1", ">10"],
  tokens: [">1k", ">10k", ">100k", ">1m"],
  duration: [">10s", ">60s", ">10m", ">1h"],
};
const sinces = ["1h", "24h", "7d", "30d"];
const mostNames = 8;

/** Suggestions at the caret: a key, or a value for the key before it. None if the word is already complete. */
export function completeRunQuery(text: string, caret: number, known: KnownNames = {}): Suggestions {
  const words = queryWords(text);
  const word = words.find((each) => each.at <= caret && caret <= each.end) ?? emptyWord(caret);
  const key = queryKeyOf(word);
  const others = new Set(words.filter((each) => each !== word).map(queryKeyOf));
  const typed = text
    .slice(key === null ? word.at : word.valueAt, caret)
    .replace(/^"/, "")
    .toLowerCase();
  const items = key === null ? keyItems(word, typed, others) : valueItems(key, typed, known);
  const already = text.slice(word.at, word.end);
  return { from: word.at, to: word.end, items: items.filter((item) => item.text !== already) };
}

function emptyWord(at: number): QueryWord {
  return { at, end: at, key: null, value: "", valueAt: at, quoted: false, open: false };
}

function keyItems(word: QueryWord, typed: string, others: ReadonlySet<QueryKey | null>): readonly Suggestion[] {
  if (word.key !== null || word.quoted) return [];
  return queryKeys
    .filter((key) => !others.has(key) && key.startsWith(typed))
    .map((key) => ({ text: `${key}:`, label: `${key}:`, hint: hints[key] }));
}

function valueItems(key: QueryKey, typed: string, known: KnownNames): readonly Suggestion[] {
  return valuesOf(key, known)
    .filter((value) => value.toLowerCase().includes(typed))
    .slice(0, key === "status" ? runStatuses.length : mostNames)
    .map((value) => ({ text: `${key}:${/^[^\s"\\]+$/.test(value) ? value : quote(value)}`, label: value, hint: "" }));
}

function valuesOf(key: QueryKey, known: KnownNames): readonly string[] {
  if (isBoundKind(key)) return bounds[key];
  switch (key) {
    case "status":
      return runStatuses;
    case "since":
      return sinces;
    case "sort":
      return runSorts;
    case "source":
      return [...dialects, ...(known.source ?? [])];
    default:
      return known[key] ?? [];
  }
}
