/** How something ended, whatever word a system has for it. */
export type Outcome = "completed" | "failed" | "cancelled" | "expired";

const words: ReadonlyMap<string, Outcome> = new Map([
  ...["completed", "complete", "success", "succeeded", "successful", "ok", "done", "finished"].map((word) => [word, "completed"] as const),
  ...["failed", "failure", "fail", "error", "errored"].map((word) => [word, "failed"] as const),
  ...["cancelled", "canceled", "aborted", "stopped"].map((word) => [word, "cancelled"] as const),
  ...["timeout", "timed_out", "timedout", "expired"].map((word) => [word, "expired"] as const),
]);

/** The outcome behind a status word, in any case; undefined for a word that names none (`running`, `partial`). */
export function outcomeOf(word: string | undefined): Outcome | undefined {
  return word === undefined || word.length > 20 ? undefined : words.get(word.toLowerCase());
}
