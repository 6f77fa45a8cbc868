import { dialects } from "../dialect";
import { type RunStatus, runStatuses } from "../run/status";
import { type BoundKind, boundKinds, isProblem, parseBound, type ValueProblem } from "./bound";
import { noRunFilters, type RunFilters } from "./run-filters";
import { runSorts } from "./run-sort";
import { parseSince } from "./since";
import { type QueryWord, queryWords } from "./words";

/** What is wrong in a query, where, and what was expected there. */
export type QueryProblem = ValueProblem;
export type ParsedRunQuery = { readonly filters: RunFilters; readonly problems: readonly QueryProblem[] };

export const queryKeys = [
  "status",
  "agent",
  "source",
  "environment",
  "model",
  "session",
  "cost",
  "tokens",
  "duration",
  "since",
  "sort",
] as const;
export type QueryKey = (typeof queryKeys)[number];

/** Common synonyms. */
const statusWords: Readonly<Record<string, RunStatus>> = { success: "succeeded", canceled: "cancelled" };
const otherKeys: Readonly<Record<string, QueryKey>> = { dialect: "source", env: "environment" };
const longestValue = 500;

type Draft = { -readonly [Key in keyof RunFilters]: RunFilters[Key] };

/**
 * Reads `status:failed cost:>0.5 agent:"data analyst" sales`: terms become filters, the rest is free text. A word before a colon that is
 * not one of our keys stays text (ids contain colons); a key with an invalid value is a problem with a position, and filters nothing.
 */
export function parseRunQuery(text: string): ParsedRunQuery {
  const draft: Draft = { ...noRunFilters };
  const problems: QueryProblem[] = [];
  const free: string[] = [];
  const seen = new Set<QueryKey>();
  for (const word of queryWords(text)) {
    const key = queryKeyOf(word);
    const found = word.open
      ? { at: word.valueAt, length: word.end - word.valueAt, message: 'expected a closing "' }
      : key === null
        ? takeText(text, word, free)
        : takeTerm(draft, key, word, seen);
    if (found) problems.push(found);
  }
  draft.q = free.join(" ") || null;
  if (draft.q !== null && draft.q.length > longestValue)
    problems.push({ at: 0, length: text.length, message: `expected at most ${longestValue} characters of text` });
  return { filters: draft, problems };
}

/** The key that the word starts with, if it is one of ours; null for free text. */
export function queryKeyOf(word: QueryWord): QueryKey | null {
  const written = word.key?.toLowerCase() ?? "";
  return queryKeys.find((key) => key === written) ?? (Object.hasOwn(otherKeys, written) ? (otherKeys[written] ?? null) : null);
}

function takeText(text: string, word: QueryWord, free: string[]): undefined {
  // After an unknown key, the quotes are part of the text.
  const said = word.key === null ? word.value : text.slice(word.at, word.end);
  if (said.trim() !== "") free.push(said.trim());
}

function takeTerm(draft: Draft, key: QueryKey, word: QueryWord, seen: Set<QueryKey>): QueryProblem | undefined {
  if (seen.has(key)) return { at: word.at, length: word.end - word.at, message: `${key} is given twice` };
  seen.add(key);
  const value = word.value.trim();
  if (value.length > longestValue)
    return { at: word.valueAt, length: word.end - word.valueAt, message: `expected at most ${longestValue} characters` };
  const found = setTerm(draft, key, value);
  if (!found) return undefined;
  // Inside quotes, one character may be written as two, so the whole value is marked.
  if (word.quoted || value !== word.value) return { at: word.valueAt, length: word.end - word.valueAt, message: found.message };
  return { ...found, at: word.valueAt + found.at };
}

function setTerm(draft: Draft, key: QueryKey, value: string): ValueProblem | undefined {
  switch (key) {
    case "status":
      return setStatus(draft, value);
    case "source":
      return setSource(draft, value);
    case "agent":
    case "model":
    case "session":
    case "environment":
      if (value === "") return expected(value, `expected a name, as in ${key}:"${key === "model" ? "gpt-5" : "researcher"}"`);
      draft[key] = value;
      return undefined;
    case "cost":
    case "tokens":
    case "duration":
      return setBound(draft, key, value);
    case "since": {
      const since = parseSince(value, 0);
      if (isProblem(since)) return since;
      draft.since = value.toLowerCase();
      return undefined;
    }
    case "sort":
      draft.sort = runSorts.find((each) => each === value.toLowerCase()) ?? null;
      return draft.sort === null ? expected(value, `expected one of ${runSorts.join(", ")}`) : undefined;
  }
}

function setStatus(draft: Draft, value: string): ValueProblem | undefined {
  const word = value.toLowerCase();
  const status = runStatuses.find((each) => each === word) ?? (Object.hasOwn(statusWords, word) ? statusWords[word] : undefined);
  if (!status) return expected(value, `expected one of ${runStatuses.join(", ")}`);
  draft.status = status;
  return undefined;
}

/** The name of a system, else of a source. */
function setSource(draft: Draft, value: string): ValueProblem | undefined {
  if (value === "") return expected(value, `expected a system (${dialects.join(", ")}) or the name of a source`);
  const dialect = dialects.find((each) => each === value.toLowerCase());
  if (dialect) draft.dialect = dialect;
  else draft.source = value;
  return undefined;
}

function setBound(draft: Draft, kind: BoundKind, value: string): ValueProblem | undefined {
  const bound = parseBound(kind, value);
  if (isProblem(bound)) return bound;
  draft[kind] = value.replace("$", "").toLowerCase();
  return undefined;
}

function expected(value: string, message: string): ValueProblem {
  return { at: 0, length: Math.max(1, value.length), message };
}

export function isBoundKind(key: QueryKey): key is BoundKind {
  return boundKinds.some((kind) => kind === key);
}
