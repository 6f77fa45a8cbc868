import type { EventError } from "../events/canonical";
import { stands } from "./standing";
import type { RowState } from "./state";
import { isTerminal } from "./status";

/**
 * Why a run has failed of which its system says no more and never said that it ended: its last error that was not called recoverable.
 * Null where it ended, or met no such error since it was started or resumed.
 */
export function unsaidFailure({ lifecycle: { status, registers } }: RowState): EventError | null {
  const { lastError, opened } = registers;
  return !isTerminal(status) && lastError !== null && stands(lastError.at, opened) ? lastError.error : null;
}
