import type { LoggedEvent } from "../../core/events/logged";
import type { JsonObject } from "../../core/json";
import type { DialectEncoder, Frame, Outgoing } from "../contract";
import { defined, own, readObject, readString } from "../shared";
import { doneMark } from "../shared/done-mark";
import { endsRun } from "../shared/terminal";
import { bodyOf, streamIdOf } from "./body-of";
import { isControl, namesOf, sseName } from "./names";
import { storedTypeOf } from "./stored-type-of";

/** After this much silence following a WORKFLOW_COMPLETED without STREAM_END, Shannon ends the stream anyway. */
export const quietEndMs = 30_000;

/** Fields of a mapped frame that say where it belongs. */
function placeOf(body: JsonObject): JsonObject {
  const { workflow_id = null, seq = null, stream_id = null } = body;
  const agent = own(body, "agent_id");
  return { workflow_id, ...(agent === undefined ? {} : { agent_id: agent }), seq, stream_id };
}

/** The SDK shows `message` and never reads `delta`: with both, every client gets the text. */
function deltaFrame(body: JsonObject, text: string): JsonObject {
  return { delta: text, ...placeOf(body), message: text };
}

function answerFrame(body: JsonObject, text: string): JsonObject {
  const metadata = readObject(body, "payload");
  return { response: text, ...placeOf(body), ...(metadata === undefined ? {} : { metadata }), message: text };
}

/** In the real stream, control frames have no type, sequence or time. */
function controlFrame(body: JsonObject): JsonObject {
  const payload = readObject(body, "payload");
  return defined({
    workflow_id: body.workflow_id ?? null,
    agent_id: own(body, "agent_id"),
    message: own(body, "message"),
    checkpoint: own(payload, "checkpoint"),
    was_paused: own(payload, "was_paused"),
  }) as JsonObject;
}

/** The text of a mapped frame: what the sender streamed, not the shortened summary. */
function textOf({ event }: Outgoing, body: JsonObject): string {
  return event.text ?? readString(body, "message") ?? "";
}

/** The content of the `data:` line. The THREAD_MESSAGE types also keep their full event, as the catalogue documents. */
function frameData(outgoing: Outgoing, type: string, body: JsonObject): JsonObject {
  const text = textOf(outgoing, body);
  if (type === "LLM_PARTIAL") return deltaFrame(body, text);
  if (type === "LLM_OUTPUT") return answerFrame(body, text);
  if (type === "THREAD_MESSAGE_DELTA") return { ...body, delta: text, message: text };
  if (type === "THREAD_MESSAGE_COMPLETED") return { ...body, response: text, message: text };
  return isControl(type) ? controlFrame(body) : body;
}

function frame(outgoing: Outgoing): Frame | null {
  const type = storedTypeOf(outgoing.event);
  const body = bodyOf(outgoing);
  if (type === null || body === null) return null;
  const id = streamIdOf(outgoing);
  const event = sseName(type);
  const content = type === "STREAM_END" ? doneMark : frameData(outgoing, type, body);
  return event === undefined ? { data: content, id } : { id, event, data: content };
}

/**
 * A Shannon run ends with STREAM_END: a completed child workflow reports WORKFLOW_COMPLETED in the middle of its parent's stream. No other
 * system sends STREAM_END, so their runs end with their own final event.
 */
function ends(event: LoggedEvent): boolean {
  return event.type === "stream.ended" || (event.source.dialect !== "shannon" && endsRun(event));
}

/** Any run as frames of Shannon's SSE stream, and as items of its event histories. */
export const shannonEncoder: DialectEncoder = {
  dialect: "shannon",
  lineOrder: ["id", "event", "data"],
  greeting: (runId) => `connected to workflow ${runId}`,
  heartbeat: "ping",
  names: ({ event }) => {
    const type = storedTypeOf(event);
    return type === null ? [] : namesOf(type, event.source.dialect === "shannon" ? event.source.type : "", event.type);
  },
  frame,
  ends,
  endFrame: () => ({ event: "done", data: doneMark }),
  item: bodyOf,
};
