import type { Span } from "@/lib/core/run/timeline-state";

type Opened = Pick<Span, "openSeq">;

/** Seq of the first event after `seq` with which something begins; null behind the last. Spans are in order of their first event. */
export function nextStep(spans: readonly Opened[], seq: number): number | null {
  return spans[firstFrom(spans, seq + 1)]?.openSeq ?? null;
}

/** Seq of the last event before `seq` with which something began. */
export function previousStep(spans: readonly Opened[], seq: number): number | null {
  return spans[firstFrom(spans, seq) - 1]?.openSeq ?? null;
}

function firstFrom(spans: readonly Opened[], seq: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.openSeq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}
