import { isOrderedBySender, orderKey } from "./moment";
import { compareOrder, type OrderKey } from "./order-key";

/** The later of two places in the sender's order; `next` wins a tie. */
export function later(current: OrderKey | null, next: OrderKey): OrderKey {
  return current === null || compareOrder(next, current) >= 0 ? next : current;
}

/** Whether an end stands: nothing was started or resumed after it. */
export function stands(ended: OrderKey | null, opened: OrderKey | null): boolean {
  return ended !== null && (opened === null || compareOrder(ended, opened) > 0);
}

/**
 * The place of a start. A run's first start precedes its end unless the sender says otherwise: one that merely arrived after the end was
 * overtaken on the way and reopens nothing.
 */
export function startKey(event: OrderKey, isFirstStart: boolean, ended: OrderKey | null): OrderKey {
  const key = orderKey(event);
  if (isFirstStart && ended !== null && !isOrderedBySender(key, ended)) return { ...key, seq: 0 };
  return key;
}
