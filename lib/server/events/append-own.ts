import { plainJson, stringifyExact } from "@/lib/core/exact-json";
import type { JsonObject } from "@/lib/core/json";
import { storableJson } from "@/lib/core/json-storable";
import { isRefusal } from "@/lib/dialects/contract";
import { decodeEvent } from "@/lib/dialects/decode-event";
import { adapters } from "@/lib/dialects/registry";
import { services } from "../services";
import type { AppendRequest, AppendResult, NewEvent } from "./append/request";
import type { CachedRun } from "./append/run-cache";

type More = {
  /** Begins with `watchfloor:`; an event whose key the run already has is not written again. */
  readonly dedupeKey?: string;
  readonly keyId?: string;
};

/** An event written by Watchfloor, in the dialect of the run. */
export function ownEvent(run: CachedRun, body: JsonObject, more: More = {}): NewEvent {
  const stored = storableJson(stringifyExact(body), body);
  const { dialect } = run.source;
  const incoming = { body: plainJson(stored.value) as JsonObject };
  const address = adapters[dialect].address(incoming);
  if (isRefusal(address)) throw new Error(`Watchfloor's own ${dialect} event was rejected: ${address.message}`);
  return {
    run: { externalId: run.externalId, kind: run.kind },
    canonical: decodeEvent(dialect, incoming, stored.text),
    sourceType: address.type,
    rawText: stored.text,
    sanitized: false,
    receivedAtMs: services().now(),
    origin: "watchfloor",
    ...more,
  };
}

/** Appends the event to the run, so that every stream and history contains it. Throws the appender's errors. */
export function appendOwn(run: CachedRun, event: NewEvent, idempotency?: AppendRequest["idempotency"]): Promise<AppendResult> {
  const request: AppendRequest = { projectId: run.projectId, source: run.source, events: [event] };
  return services().appender.append(idempotency === undefined ? request : { ...request, idempotency });
}
