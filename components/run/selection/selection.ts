import type { Span } from "@/lib/core/run/timeline-state";
import { spanKinds } from "@/lib/core/run/timeline-state";

/** What `?sel=` points at: one thing, the same in every view. */
export type Selection =
  | { readonly kind: "none" }
  | { readonly kind: "span"; readonly id: string }
  | { readonly kind: "event"; readonly seq: number };

export const nothing: Selection = { kind: "none" };
const spanId = new RegExp(`^(?:${spanKinds.join("|")}):\\d{1,15}`);

/** Reads `?sel=`: a seq or a span id; anything else selects nothing. */
export function parseSelection(sel: string | null): Selection {
  if (!sel) return nothing;
  if (/^[1-9]\d{0,14}$/.test(sel)) return { kind: "event", seq: Number(sel) };
  return spanId.test(sel) ? { kind: "span", id: sel } : nothing;
}

export function selectionParam(selection: Selection): string | null {
  switch (selection.kind) {
    case "none":
      return null;
    case "span":
      return selection.id;
    case "event":
      return String(selection.seq);
  }
}

/** Index of the span with this id, or -1. The id carries the seq that opened it and spans are in order of that seq. */
export function findSpan(spans: readonly Span[], id: string): number {
  const openSeq = Number(/:(\d+)/.exec(id)?.[1] ?? Number.NaN);
  for (let i = firstOpenedFrom(spans, openSeq); i < spans.length && spans[i]?.openSeq === openSeq; i++) if (spans[i]?.id === id) return i;
  return spans.findIndex((span) => span.id === id);
}

/** The span that an event opened or closed, or -1: how an event in a list finds its bar. */
export function findSpanOfSeq(spans: readonly Span[], seq: number): number {
  const opened = firstOpenedFrom(spans, seq);
  if (spans[opened]?.openSeq === seq) return opened;
  const opens = spans.findIndex((span) => span.openSeq === seq);
  return opens >= 0 ? opens : spans.findIndex((span) => span.closeSeq === seq);
}

export type Opened = Pick<Span, "openSeq">;

/** Index of the first span that this event or a later one opened. Spans are in order of the event that opened them. */
export function firstOpenedFrom(spans: readonly Opened[], openSeq: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.openSeq ?? 0) < openSeq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The selection seen from every view at once. */
export type Selected = { readonly selection: Selection; readonly span: Span | null; readonly seq: number | null };

export function resolveSelection(spans: readonly Span[], selection: Selection): Selected {
  switch (selection.kind) {
    case "none":
      return { selection, span: null, seq: null };
    case "span": {
      const span = spans[findSpan(spans, selection.id)] ?? null;
      return { selection, span, seq: span?.openSeq ?? null };
    }
    case "event":
      return { selection, span: spans[findSpanOfSeq(spans, selection.seq)] ?? null, seq: selection.seq };
  }
}
