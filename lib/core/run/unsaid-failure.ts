import type { EventError } from "../events/canonical";
import { stands } from "./standing";
import type { RowState } from "./state";
import { isTerminal } from "./status";

/**
 * Why a run has failed whose system sends no more of it and never reported its end: its last error not marked recoverable, whichever of
 * error and end mark arrived first. Null if it ended, had no such error since it was started or resumed, or goes on.
 */
export function unsaidFailure({ lifecycle: { status, registers } }: RowState): EventError | null {
  const { lastError, streamEnded, opened } = registers;
  if (isTerminal(status) || lastError === null || streamEnded === undefined) return null;
  return stands(lastError.at, opened) && stands(streamEnded, opened) ? lastError.error : null;
}
