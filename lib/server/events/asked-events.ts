import { z } from "zod";
import { isFailure } from "@/lib/core/events/failure";
import { findIn, mostSoughtChars, soughtWords } from "@/lib/core/events/sought";
import { withRequestId } from "../approvals/approval-id";
import { textOf, typesOf, wordOf } from "../http/query";
import type { StoredEvent } from "./append/plan";

type Asked = {
  /** Null = all events. */
  readonly matches: ((stored: StoredEvent) => boolean) | null;
  /** For a matching event: the text around the match, if only its JSON contains it. */
  readonly around: (stored: StoredEvent) => string | null;
};

const flags = ["0", "1", "false", "true"] as const;

export const errorsParameter = z.enum(flags).optional().describe("1 = only events that report a failure or carry an error");
export const soughtParameter = z
  .string()
  .max(mostSoughtChars)
  .optional()
  .describe("exact words, case-insensitive: in type, agent, tool, summary, text and anywhere in the sender's JSON");

/** Which events of a run match `types`, `errors` and `q`: those that pass all three. */
export function askedEvents(query: URLSearchParams, run: { readonly id: string }): Asked {
  const types = typesOf(query);
  const errors = wordOf(query, "errors", flags);
  const onlyErrors = errors === "1" || errors === "true";
  const sought = soughtWords(textOf(query, "q", mostSoughtChars) ?? "");
  if (types === null && !onlyErrors && sought === null) return { matches: null, around: () => null };
  const found = new WeakMap<StoredEvent, string>();
  const holds = (stored: StoredEvent): boolean => {
    if (sought === null) return true;
    const hit = findIn(sought, withRequestId(run.id, stored.event), stored.rawText);
    if (hit?.around) found.set(stored, hit.around);
    return hit !== null;
  };
  return {
    matches: (stored) =>
      (types === null || types.matches([stored.event.type, stored.event.source.type])) &&
      (!onlyErrors || isFailure(stored.event)) &&
      holds(stored),
    around: (stored) => found.get(stored) ?? null,
  };
}
