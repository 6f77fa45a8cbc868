import type { LogEntry } from "./log-entry";

/** A form in which a run's log is streamed. Readers with the same key share every chunk. */
export type RunFormat = {
  readonly key: string;
  readonly encode: (entries: readonly LogEntry[]) => Uint8Array | null;
  /** True when the system whose form this is closes its stream behind these entries. */
  readonly ends?: (entries: readonly LogEntry[]) => boolean;
  /** True when the readers' filter keeps this entry from them. */
  readonly hides?: (entry: LogEntry) => boolean;
};
