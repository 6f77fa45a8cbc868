import { firstOpenedFrom, type Opened } from "../selection/selection";

/** Seq of the first event after `seq` with which something begins; null behind the last. Spans are in order of their first event. */
export function nextStep(spans: readonly Opened[], seq: number): number | null {
  return spans[firstOpenedFrom(spans, seq + 1)]?.openSeq ?? null;
}

/** Seq of the last event before `seq` with which something began. */
export function previousStep(spans: readonly Opened[], seq: number): number | null {
  return spans[firstOpenedFrom(spans, seq) - 1]?.openSeq ?? null;
}
