import { useState } from "react";
import type { Span } from "@/lib/core/run/timeline-state";
import { type Marks, prepareMarks } from "./prepare-marks";

export type PlacedMarks = {
  readonly marks: Marks;
  /** The log's length that they are placed on. */
  readonly lastSeq: number;
};

type Log = {
  readonly spans: readonly Span[];
  readonly lastSeq: number;
  /** Changes when there may be something new to mark. */
  readonly version: string;
};

/** The track's marks. While events pour in they are made anew only when there is something new, or the log grew by a hundredth. */
export function useMarks({ spans, lastSeq, version }: Log): PlacedMarks {
  const [known, setKnown] = useState(() => ({ version, lastSeq, marks: prepareMarks(spans, lastSeq) }));
  if (version === known.version && lastSeq >= known.lastSeq && lastSeq <= known.lastSeq * 1.01) return known;
  const next = { version, lastSeq, marks: prepareMarks(spans, lastSeq) };
  setKnown(next);
  return next;
}
