import { describe, expect, it } from "vitest";
import type { TranscriptEntry } from "@/lib/core/run/transcript-state";
import { entryOfSeq, prepareTranscript } from "./prepare-transcript";

function entry(firstSeq: number, lastSeq: number, more: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return {
    ...{ id: `assistant:${firstSeq}`, kind: "assistant", agent: null, to: null, title: null, text: "", cutChars: 0, atMs: 0 },
    ...{ firstSeq, lastSeq, open: false, level: null },
    ...more,
  };
}

const entries = [
  entry(1, 9, { agent: "Lead", text: "Begin with the totals." }),
  entry(3, 5, { kind: "tool", title: "csv_loader" }),
  entry(7, 7, { kind: "error", text: "no such file" }),
  entry(12, 12, { kind: "log", level: "error", text: "disk full" }),
];

describe("the transcript", () => {
  it("is passed through untouched without a filter", () => {
    expect(prepareTranscript(entries, { search: " ", errorsOnly: false })).toBe(entries);
  });

  it("is searched in words, titles and names without case", () => {
    const found = (search: string) => prepareTranscript(entries, { search, errorsOnly: false }).map(({ firstSeq }) => firstSeq);
    expect([found("TOTALS"), found("csv_"), found("lead"), found("nothing")]).toEqual([[1], [3], [1], []]);
  });

  it("with errors only keeps errors and error logs", () => {
    expect(prepareTranscript(entries, { search: "", errorsOnly: true }).map(({ firstSeq }) => firstSeq)).toEqual([7, 12]);
  });

  it("finds the entry of an event, also inside a longer stream, and none between entries", () => {
    expect([1, 4, 6, 7, 9, 10, 12].map((seq) => entryOfSeq(entries, seq))).toEqual([0, 1, 0, 2, 0, -1, 3]);
  });
});
