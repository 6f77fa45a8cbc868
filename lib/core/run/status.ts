/** The words people see, from product.md; one table gives each its colour, icon and word (components/ui/status). */
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
