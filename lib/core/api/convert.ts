import { withExactParts } from "../approvals/exact";
import type { LoggedEvent, SourceEvent } from "../events/logged";
import { isInstant } from "../run/moment";
import type { ApiEvent } from "./event";

const epoch = new Date(0).toISOString();

const iso = (ms: number): string | null => (isInstant(ms) ? new Date(ms).toISOString() : null);

/** A logged event as the API writes it. A time outside the range of dates becomes null (the sender's) or the epoch (ours). */
export function toApiEvent(logged: LoggedEvent, raw?: unknown): ApiEvent {
  const { occurredAtMs, receivedAtMs, sourceSeq, source, seq, type, ...rest } = withExactParts(logged);
  const { dialect, type: sourceType, id, frame } = source;
  return {
    seq,
    type,
    occurredAt: occurredAtMs === undefined ? null : iso(occurredAtMs),
    receivedAt: iso(receivedAtMs) ?? epoch,
    ...rest,
    source: {
      dialect,
      type: sourceType,
      ...(id === undefined ? {} : { id }),
      ...(sourceSeq === undefined ? {} : { seq: sourceSeq }),
      ...(frame === undefined ? {} : { frame }),
    },
    ...(raw === undefined ? {} : { raw }),
  };
}

/** The event that was passed to `toApiEvent`, without what no fold reads: the sender's raw JSON and the search match. */
export function fromApiEvent(event: ApiEvent): LoggedEvent {
  const { occurredAt, receivedAt, source, raw: _, found: __, ...rest } = event;
  const { seq: sourceSeq, id, ...named } = source;
  const origin: SourceEvent = { ...named, ...(id === undefined ? {} : { id }) };
  return {
    ...rest,
    receivedAtMs: Date.parse(receivedAt),
    ...(occurredAt === null ? {} : { occurredAtMs: Date.parse(occurredAt) }),
    ...(sourceSeq === undefined ? {} : { sourceSeq }),
    source: origin,
  };
}
