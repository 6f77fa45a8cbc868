import { type RunStatus, type StatusWords, statusesCalled } from "../../core/run/status";

export const taskStatusWords = ["QUEUED", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED", "TIMEOUT"] as const;
type Word = (typeof taskStatusWords)[number];

/** The SDK shows every word outside its enum as FAILED, so each of our statuses needs one inside it. */
const wordOf: StatusWords<Word> = {
  queued: "QUEUED",
  running: "RUNNING",
  waiting: "RUNNING",
  pausing: "RUNNING",
  paused: "PAUSED",
  stalled: "RUNNING",
  succeeded: "COMPLETED",
  failed: "FAILED",
  cancelling: "RUNNING",
  cancelled: "CANCELLED",
  expired: "TIMEOUT",
};

/** A status as session histories write it, `RUNNING`. */
export function taskStatusWord(status: RunStatus): Word {
  return wordOf[status];
}

/** A status as the gateway writes it, `TASK_STATUS_RUNNING`. */
export function taskStatus(status: RunStatus): `TASK_STATUS_${Word}` {
  return `TASK_STATUS_${wordOf[status]}`;
}

/** The statuses that a filter asks for, with or without the prefix, case-insensitive; null for a word that the gateway does not know. */
export function parseTaskStatus(text: string): readonly RunStatus[] | null {
  const asked = text
    .trim()
    .toUpperCase()
    .replace(/^TASK_STATUS_/, "")
    .replace(/^CANCELED$/, "CANCELLED");
  return statusesCalled(wordOf, asked);
}
