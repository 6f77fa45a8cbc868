/** tool: a call; result: what a call returned. */
export const entryKinds = [
  "user",
  "assistant",
  "thought",
  "tool",
  "result",
  "message",
  "log",
  "artifact",
  "approval",
  "error",
  "status",
] as const;
export type EntryKind = (typeof entryKinds)[number];

export type TranscriptEntry = {
  /** `<kind>:<seq of its first event>`. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly agent: string | null;
  readonly to: string | null;
  readonly title: string | null;
  /** Deltas joined; cut at 64 KiB, `cutChars` says by how much. */
  readonly text: string;
  readonly cutChars: number;
  readonly atMs: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** Still being streamed. */
  readonly open: boolean;
  readonly level: "debug" | "info" | "warn" | "error" | null;
};

export type TranscriptState = {
  readonly entries: readonly TranscriptEntry[];
  /** If only the end of the list is held: index of `entries[0]`, and the earlier entries that are still being written. */
  readonly first?: number;
  readonly carried?: { readonly [index: string]: TranscriptEntry };
  /** Index of the entry that the next delta of this agent joins. */
  readonly open: { readonly [agent: string]: number };
};
