import type { LoggedEvent } from "../events/logged";
import type { OrderKey } from "./order-key";

type Timed = Pick<LoggedEvent, "sourceSeq" | "occurredAtMs" | "receivedAtMs" | "seq">;

/** Years 0000 to 9999: those that ISO 8601 writes with four digits. */
const earliestMs = -62_167_219_200_000;
const latestMs = 253_402_300_799_999;

/** Whether a time can be written as a date; anything else is treated as not sent. */
export function isInstant(ms: number | undefined | null): ms is number {
  return typeof ms === "number" && ms >= earliestMs && ms <= latestMs;
}

/** Epoch milliseconds of an event: the sender's clock if usable, else ours. */
export function eventMs(event: Timed): number {
  if (isInstant(event.occurredAtMs)) return event.occurredAtMs;
  return isInstant(event.receivedAtMs) ? event.receivedAtMs : 0;
}

/** The event's place in its sender's order, without numbers that JSON cannot represent. */
export function orderKey(event: OrderKey): OrderKey {
  const { seq, sourceSeq, occurredAtMs } = event;
  const hasTime = isInstant(occurredAtMs);
  // Each literal is complete: a property added to an object later is stored separately.
  if (sourceSeq === undefined || !Number.isSafeInteger(sourceSeq)) return hasTime ? { seq, occurredAtMs } : { seq };
  return hasTime ? { seq, sourceSeq, occurredAtMs } : { seq, sourceSeq };
}

/** Our own events are placed where they arrived: our clock says nothing about the order of the sender's events. */
export function placeOf(event: LoggedEvent): OrderKey {
  return event.origin === "watchfloor" ? { seq: event.seq } : orderKey(event);
}

/** Whether the sender itself says which of the two is first; otherwise only the order of arrival is known. */
export function isOrderedBySender(a: OrderKey, b: OrderKey): boolean {
  if (a.sourceSeq !== undefined && b.sourceSeq !== undefined) return true;
  return a.occurredAtMs !== undefined && b.occurredAtMs !== undefined;
}

/** A duration that can be subtracted from a time: finite, not negative, at most a century. */
export function usableDurationMs(ms: number | undefined): number | null {
  return ms !== undefined && ms >= 0 && ms <= 3_155_760_000_000 ? ms : null;
}
