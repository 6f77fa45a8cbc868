/** The status words that people see; one table gives each its colour, icon and word (components/ui/status). */
export const runStatuses = [
  "queued",
  "running",
  "waiting",
  "pausing",
  "paused",
  "stalled",
  "succeeded",
  "failed",
  "cancelling",
  "cancelled",
  "expired",
] as const;
export type RunStatus = (typeof runStatuses)[number];

export const terminalStatuses: readonly RunStatus[] = ["succeeded", "failed", "cancelled", "expired"];
const terminal: ReadonlySet<RunStatus> = new Set(terminalStatuses);

export function isTerminal(status: RunStatus): boolean {
  return terminal.has(status);
}

/** One system's word for each status. */
export type StatusWords<W extends string> = { readonly [status in RunStatus]: W };

/** The statuses for which a system uses this word; null if it does not know the word. */
export function statusesCalled<W extends string>(words: StatusWords<W>, word: string): readonly RunStatus[] | null {
  const statuses = runStatuses.filter((status) => words[status] === word);
  return statuses.length > 0 ? statuses : null;
}
