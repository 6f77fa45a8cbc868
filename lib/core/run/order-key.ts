/**
 * An event's place in its sender's own order: by the sender's sequence if both have one, else by the sender's clock if both have one, else
 * by arrival. This makes the outcome independent of the arrival order (G4).
 */
export type OrderKey = { readonly sourceSeq?: number; readonly occurredAtMs?: number; readonly seq: number };

/** Negative if `a` is before `b`. A total order for events of one sender that fills the same fields in all of them. */
export function compareOrder(a: OrderKey, b: OrderKey): number {
  if (a.sourceSeq !== undefined && b.sourceSeq !== undefined && a.sourceSeq !== b.sourceSeq) return a.sourceSeq - b.sourceSeq;
  if (a.occurredAtMs !== undefined && b.occurredAtMs !== undefined && a.occurredAtMs !== b.occurredAtMs)
    return a.occurredAtMs - b.occurredAtMs;
  return a.seq - b.seq;
}
