import { nearestWord } from "./nearest-word";

/** Synonyms: each list stands for the first of its words that is known, ignoring `_`, `-` and case. */
const sameMeanings: readonly (readonly string[])[] = [
  ["comment", "reason", "note", "message", "explanation", "why"],
  ["decision", "action", "verdict", "outcome", "approved"],
  ["editedarguments", "newarguments", "modifiedarguments", "edits", "edited"],
  ["arguments", "args", "input", "params", "parameters", "kwargs"],
  ["answer", "response", "reply", "value"],
  ["choices", "options"],
  ["expiresinseconds", "deadlineseconds", "expiresin", "timeout", "timeoutseconds", "ttl", "deadline", "expiresat"],
  ["question", "prompt", "text"],
  ["tool", "toolname", "function"],
  ["run", "runid", "workflowid"],
  ["name", "title", "label"],
  ["q", "query", "search"],
  ["limit", "pagesize", "perpage", "size"],
  ["cursor", "page", "offset", "after", "before"],
  ["since", "from", "start"],
];

/** The word that was probably meant: one spelt similarly, else a synonym. */
export function meantWord(written: string, words: readonly string[]): string | undefined {
  const bare = bareOf(written.slice(0, longest));
  const meaning = sameMeanings.find((group) => group.includes(bare)) ?? [];
  return nearestWord(written, words) ?? meaning.flatMap((name) => words.filter((word) => bareOf(word) === name))[0];
}

const longest = 60;
const bareOf = (word: string) => word.toLowerCase().replace(/[_-]/g, "");
