import { z } from "zod";

/** An event type, `session.*` (any depth) or `*`; case-insensitive. */
export const EventPattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(100)
  .regex(/^(?:\*|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?:\.\*)?)$/, "An event must look like session.completed, session.* or *.");

/** A run's end in Crewship's types. Sent only to those who name them, because `*` already covers the same ends as `session.*`. */
const crewshipTypes: ReadonlySet<string> = new Set(["run.succeeded", "run.failed"]);

/** The outcomes of our own deliveries: sent only to those who name them, because nobody wants a message about each message. */
const ownCategory = "webhook.";

export type MatchOptions = { /** A `webhook.sent` or `webhook.failed` that this server wrote itself. */ readonly own?: boolean };

/** Whether a subscriber to these patterns receives an event of this type. */
export function matchesType(patterns: readonly string[], type: string, options: MatchOptions = {}): boolean {
  const word = type.toLowerCase();
  const named = crewshipTypes.has(word) || (options.own === true && word.startsWith(ownCategory));
  return patterns.some((pattern) => {
    if (pattern === "*") return !named;
    return pattern.endsWith(".*") ? word.startsWith(pattern.slice(0, -1)) : pattern === word;
  });
}
