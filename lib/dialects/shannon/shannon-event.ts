import { isJsonObject, type JsonObject } from "../../core/json";
import type { Incoming } from "../contract";
import { own, parseJson, readCount, readId, readInstant, readString, restOf } from "../shared";
import { catalogueEntry } from "./catalogue";

/** An event with its envelope opened: what every rule reads from. */
export type ShannonEvent = {
  /** The stored type in the catalogue's spelling; the sender's own word where the catalogue has none. */
  readonly word: string;
  /** Payload and whatever else lies beside the envelope, in one object; the payload wins. */
  readonly fields: JsonObject;
  readonly message?: string;
  readonly agent?: string;
  readonly occurredAtMs?: number;
  readonly sourceSeq?: number;
};

/**
 * Agent id under which Shannon repeats the answer at the end of a workflow: the answer is the workflow's own, and no agent has this name.
 */
export const finalOutput = "final_output";

export const runKeys = ["workflow_id", "task_id", "workflowId", "taskId"] as const;
const envelopeKeys = [...runKeys, "type", "agent_id", "agentId", "message", "timestamp", "created_at", "seq", "stream_id"];
/** The SDK parses the message of these types as JSON if it can. */
const messageMayBeJson: ReadonlySet<string> = new Set(["APPROVAL_REQUESTED", "APPROVAL_DECISION", "TOOL_INVOKED"]);

/** The sender's word: the body's `type`, else the SSE frame's name; "" if there is neither. */
export function writtenType({ body, name }: Incoming): string {
  return readString(body, "type")?.trim() || (name === "message" ? "" : (name?.trim() ?? ""));
}

/** The type under which Shannon itself stores the event. */
export function storedType(written: string): string {
  const entry = catalogueEntry(written);
  return entry === undefined ? written : (entry.storedAs ?? entry.type);
}

/** The sender's sequence, starting at 1. Clients without one write 0. A frame without `seq` whose id is a bare number has it there. */
export function sourceSeqOf({ body, id }: Incoming): number | undefined {
  const seq = readCount(body, "seq") ?? readCount({ id: id ?? null }, "id");
  return seq === 0 ? undefined : seq;
}

function objectUnder(body: JsonObject, key: string): JsonObject | undefined {
  const value = own(body, key);
  if (isJsonObject(value)) return value;
  const parsed = typeof value === "string" ? parseJson(value) : undefined;
  return isJsonObject(parsed) ? parsed : undefined;
}

/** Both merged, the second winning; or whichever exists. */
function together(one: JsonObject | undefined, other: JsonObject | undefined): JsonObject | undefined {
  return one === undefined || other === undefined ? (one ?? other) : { ...one, ...other };
}

/**
 * The documentation's examples use `data`, the wire uses `payload`, session histories use `payload` as JSON text, mapped frames use
 * `metadata` or put the fields at the top level.
 */
function fieldsOf(body: JsonObject, word: string): JsonObject {
  const read: string[] = [...envelopeKeys];
  let payload: JsonObject | undefined;
  for (const key of word === "LLM_OUTPUT" ? ["metadata", "data", "payload"] : ["data", "payload"]) {
    const found = objectUnder(body, key);
    if (found === undefined) continue;
    payload = together(payload, found);
    read.push(key);
  }
  return together(restOf(body, read), payload) ?? {};
}

/** Opens one event's envelope. Total. */
export function readShannonEvent(incoming: Incoming): ShannonEvent {
  const { body } = incoming;
  const word = storedType(writtenType(incoming));
  const written = readString(body, "message");
  const said = written !== undefined && messageMayBeJson.has(word) ? parseJson(written) : undefined;
  const spoken = isJsonObject(said) ? said : undefined;
  const fields = together(spoken, fieldsOf(body, word)) ?? {};
  return {
    word,
    fields,
    message: spoken === undefined ? written : readString(spoken, "message", "question", "reason"),
    agent: readId(body, "agent_id", "agentId"),
    occurredAtMs: readInstant(body, "timestamp") ?? readInstant(fields, "timestamp") ?? readInstant(body, "created_at"),
    sourceSeq: sourceSeqOf(incoming),
  };
}
