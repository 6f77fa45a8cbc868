import type { CanonicalType } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import { stringifyExact } from "../../core/exact-json";
import { isJsonObject, type JsonObject } from "../../core/json";
import type { Outgoing } from "../contract";
import { defined, instantOf, isoOf, own, parseJson, readId, readString, restOf } from "../shared";
import { askedId } from "../shared/asked-id";
import { ownBody } from "../shared/encode-own";
import { readingExactly } from "../shared/parse-json";
import { isControl } from "./names";
import { payloadOf } from "./payload-of";
import { storedTypeOf } from "./stored-type-of";

/** Envelope keys that we write ourselves, and `data`, which goes out as `payload`. */
const ours = ["workflow_id", "type", "agent_id", "agentId", "message", "timestamp", "seq", "stream_id", "payload", "data"];
const wordsThemselves: ReadonlySet<CanonicalType> = new Set(["model.streamed", "model.completed", "text.streamed", "text.completed"]);
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
/** Where the mapped frames of its stream put a full event's message, and what belongs in its payload. */
const wordsUnder: ReadonlyMap<string, readonly string[]> = new Map([
  ["LLM_PARTIAL", ["delta"]],
  ["LLM_OUTPUT", ["response"]],
]);
const laidFlat = ["checkpoint", "was_paused"];

/** `<milliseconds>-<n>` like a Redis id, with our own sequence as n, so that a client's resume point maps back to it. */
export function streamIdOf({ event }: Outgoing): string {
  return `${event.receivedAtMs}-${event.seq}`;
}

/**
 * The sender's own text if it is a full RFC 3339 time, which keeps its nanoseconds. Go accepts neither a blank nor lower-case letters in
 * one.
 */
function timestampOf({ event }: Outgoing, raw: JsonObject | undefined): string {
  const written = readString(raw, "timestamp")?.trim().replace(" ", "T").toUpperCase();
  if (written !== undefined && rfc3339.test(written) && instantOf(written) !== undefined) return written;
  return isoOf(event.occurredAtMs ?? event.receivedAtMs);
}

/** As the sender wrote it, under whichever key; a mapped LLM_OUTPUT frame has it under `metadata`. */
function writtenPayload(raw: JsonObject, type: string): JsonObject {
  let payload = isControl(type) ? (defined(Object.fromEntries(laidFlat.map((key) => [key, own(raw, key)]))) as JsonObject) : {};
  for (const key of type === "LLM_OUTPUT" ? ["metadata", "data", "payload"] : ["data", "payload"]) {
    const value = own(raw, key);
    const found = typeof value === "string" ? (parseJson(value) ?? value) : value;
    if (found !== undefined) payload = { ...payload, ...(isJsonObject(found) ? found : { [key]: found }) };
  }
  return payload;
}

function writtenMessage(raw: JsonObject, type: string): string | undefined {
  return readString(raw, "message", ...(wordsUnder.get(type) ?? []));
}

/** A stream's messages are the text itself; elsewhere they are the summary. */
function messageOf({ type, text, summary, error }: LoggedEvent): string | undefined {
  return wordsThemselves.has(type) ? (text ?? summary) : (summary ?? text ?? error?.message);
}

/** Our approvals can always be decided: by the sender's id or, if it sent none, by ours. */
function approvalId({ event }: Outgoing): string | undefined {
  if (event.type === "approval.requested") return askedId(event) ?? `seq:${event.seq}`;
  return event.type === "approval.decided" ? event.approval?.id : undefined;
}

/** The SDK finds an approval's id as `approval_id` if the message is JSON, else after `id=` in its text. */
function messageWithId(message: string | undefined, id: string): string {
  const said = message === undefined ? undefined : parseJson(message);
  if (isJsonObject(said)) return stringifyExact({ ...said, approval_id: id });
  if (message === undefined) return `Approval requested (id=${id})`;
  return message.includes(`id=${id}`) ? message : `${message} (id=${id})`;
}

/** The full event, as histories and most stream frames carry it; null if Shannon has no type for it. */
export function bodyOf(outgoing: Outgoing): JsonObject | null {
  const type = storedTypeOf(outgoing.event);
  return type === null ? null : readingExactly(() => bodyAs(type, outgoing));
}

function bodyAs(type: string, outgoing: Outgoing): JsonObject {
  const { event, runId } = outgoing;
  const raw = ownBody(outgoing, "shannon");
  const id = approvalId(outgoing);
  const told = raw === undefined ? payloadOf(event) : writtenPayload(raw, type);
  const payload = id === undefined ? told : { ...told, approval_id: id };
  const message = raw === undefined ? messageOf(event) : writtenMessage(raw, type);
  return defined({
    ...restOf(raw, isControl(type) ? [...ours, ...laidFlat] : ours),
    workflow_id: runId,
    type,
    agent_id: raw === undefined ? event.agent : readId(raw, "agent_id", "agentId"),
    message: id !== undefined && event.type === "approval.requested" ? messageWithId(message, id) : message,
    timestamp: timestampOf(outgoing, raw),
    seq: event.seq,
    stream_id: streamIdOf(outgoing),
    payload: Object.keys(payload).length > 0 ? payload : undefined,
  }) as JsonObject;
}
