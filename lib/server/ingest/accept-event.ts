import { createHash } from "node:crypto";
import type { Dialect } from "@/lib/core/dialect";
import { isJsonObject, type Json, type JsonObject } from "@/lib/core/json";
import { storableJson, storableText } from "@/lib/core/json-storable";
import type { PriceBook } from "@/lib/core/prices/price-book";
import type { Redactor } from "@/lib/core/redaction/redactor";
import { isInstant } from "@/lib/core/run/moment";
import { type Address, type Incoming, isRefusal } from "@/lib/dialects/contract";
import { decodeEvent } from "@/lib/dialects/decode-event";
import { adapters } from "@/lib/dialects/registry";
import { maxRunIdChars } from "@/lib/dialects/shared/run-id-of";
import type { NewEvent } from "../events/append/request";
import { estimateNanos } from "../usage/estimate";
import type { Rejection } from "./rejections";

/** What is known about the body that an event came in. */
export type DoorContext = {
  readonly dialect: Dialect;
  /** `?run=`, for bodies that do not name their run. */
  readonly givenRun: string | null;
  /** The last run id seen in this body, for later events that name none (see `inheritsRun`). */
  lastRun: string | null;
  /** When the part of the body being read arrived: a stream may stay open for hours. */
  receivedAtMs: number;
  /** The key that sent the body: it never decides the requests that it makes here. */
  readonly keyId?: string;
  /** The project's own prices; without them, the public ones apply. */
  prices?: PriceBook;
  /** Redacts what the project does not want to keep; null = nothing. */
  redactor: Redactor | null;
};

/** One event as text and value, with what its frame said. */
export type RawEvent = {
  readonly text: string;
  readonly value: Json;
  readonly name?: string;
  readonly id?: string;
  /** It was a frame of a text/event-stream. */
  readonly framed?: true;
  /** Why the framing already rejected it. */
  readonly refusal?: Rejection;
};

/** Finds the event's run and translates it; returns a Rejection when that is impossible. Never throws. */
export function acceptEvent(context: DoorContext, raw: RawEvent): NewEvent | Rejection {
  if (raw.refusal) return raw.refusal;
  if (!isJsonObject(raw.value)) return { code: "invalid_event", message: "An event must be a JSON object." };
  const { redactor } = context;
  const kept = redactor?.json(raw.text, raw.value) ?? { ...raw, count: 0 };
  const stored = storableJson(kept.text, kept.value as JsonObject);
  const incoming: Incoming = {
    body: stored.value,
    ...(raw.name ? { name: storableText(redactor?.text(raw.name) ?? raw.name, 200) } : {}),
    ...(raw.id ? { id: storableText(redactor?.text(raw.id) ?? raw.id, 500) } : {}),
  };
  const adapter = adapters[context.dialect];
  const address = adapter.address(incoming);
  if (isRefusal(address)) return address;
  const run = runOf(address, context, raw);
  if (!run) return missingRun(adapter.runField);
  const canonical = decodeEvent(context.dialect, incoming, stored.text);
  return {
    run,
    canonical,
    sourceType: storableText(address.type, 200),
    ...(address.id === undefined ? {} : { sourceId: storableText(address.id, 500) }),
    ...(incoming.name === undefined ? {} : { frameName: incoming.name }),
    ...(address.dedupeKey === undefined ? {} : { dedupeKey: boundedKey(address.dedupeKey) }),
    rawText: stored.text,
    sanitized: stored.sanitized,
    ...(kept.count > 0 ? { redacted: kept.count } : {}),
    estimatedNanos: estimateNanos(canonical.usage, pricedAtMs(canonical, context.receivedAtMs), context.prices),
    receivedAtMs: context.receivedAtMs,
    ...(context.keyId === undefined ? {} : { keyId: context.keyId }),
  };
}

function missingRun(field: string): Rejection {
  const message = `The event does not name its run. Set \`${field}\`, or add ?run=<id> to the address.`;
  return { code: "missing_run", message, path: field };
}

export function isRejection(value: NewEvent | Rejection): value is Rejection {
  return "code" in value;
}

/** The price is the one in force when the event happened; a time that no date can express is ignored. */
export function pricedAtMs({ occurredAtMs }: { readonly occurredAtMs?: number }, receivedAtMs: number): number {
  return occurredAtMs !== undefined && isInstant(occurredAtMs) ? occurredAtMs : receivedAtMs;
}

/** Whether an event that names no run belongs to the run of the event before it. */
function inheritsRun({ dialect }: DoorContext, { framed }: RawEvent): boolean {
  return framed === true || adapters[dialect].namesRunOnce === true;
}

function runOf(address: Address, context: DoorContext, raw: RawEvent): NewEvent["run"] | null {
  if (address.run === null && context.givenRun === null) {
    // Activity streams start anew each day, so that they never outgrow a partition.
    return { externalId: `activity:${new Date(context.receivedAtMs).toISOString().slice(0, 10)}`, kind: "activity" };
  }
  const given = adapters[context.dialect].givenRunWins ? context.givenRun : null;
  const told = given ?? address.run ?? context.givenRun ?? (inheritsRun(context, raw) ? context.lastRun : null);
  if (told === null || told === "") return null;
  const externalId = context.redactor?.text(told) ?? told;
  context.lastRun = externalId;
  return { externalId: storableText(externalId, maxRunIdChars), kind: "run" };
}

/** Prefix of the keys of events that Watchfloor writes itself; no sender can take one of them. */
export const ownPrefix = "watchfloor:";

/** The key as stored. Index entries must stay small, so a longer key is replaced by its hash. */
export function boundedKey(key: string): string {
  return key.length <= 200 && !key.startsWith(ownPrefix)
    ? storableText(key, 200)
    : `sha256:${createHash("sha256").update(key).digest("hex")}`;
}
