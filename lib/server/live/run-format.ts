import type { LogEntry } from "./log-entry";

/** A format in which a run's log is streamed. Readers with the same key share every chunk. */
export type RunFormat = {
  readonly key: string;
  readonly encode: (entries: readonly LogEntry[]) => Uint8Array | null;
  /** True when the system with this format closes its stream after these entries. */
  readonly ends?: (entries: readonly LogEntry[]) => boolean;
  /** True when the readers' filter hides this entry. */
  readonly hides?: (entry: LogEntry) => boolean;
};
