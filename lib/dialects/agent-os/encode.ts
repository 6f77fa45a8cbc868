import type { JsonObject } from "../../core/json";
import type { DialectEncoder, Outgoing } from "../contract";
import { defined, instantOf, isoOf, own, readObject, readString } from "../shared";
import { withAskedId } from "../shared/asked-id";
import { ownBody } from "../shared/encode-own";
import { endsRun } from "../shared/terminal";
import { eventType } from "./catalogue";
import { encodeForeign } from "./encode-foreign";
import { timeKeys } from "./envelope";

function occurredAt({ event }: Outgoing, body: JsonObject | undefined): string {
  const written = own(body, ...timeKeys);
  if (typeof written === "string" && instantOf(written) !== undefined) return written;
  return isoOf(event.occurredAtMs ?? event.receivedAtMs);
}

/** agent-os gives a request no id; with ours, whoever reads it here can decide it. */
function withId(body: JsonObject, event: Outgoing["event"]): JsonObject {
  const payload = readObject(body, "payload");
  return event.approval?.id !== undefined || payload === undefined ? body : { ...body, payload: withAskedId(payload, "request_id", event) };
}

/** The event as a body that `POST /api/ingest` accepts; null if agent-os has no type for it. */
function item(outgoing: Outgoing): JsonObject | null {
  const { event, runId } = outgoing;
  const body = ownBody(outgoing, "agent-os");
  const place = { sdk_run_id: runId, occurred_at: occurredAt(outgoing, body) };
  if (body !== undefined) return { ...withId(body, event), event_type: eventType(event.source.type), ...place };
  const words = encodeForeign(event);
  if (words === null) return null;
  return defined({ event_type: words.type, agent_name: event.agent, payload: words.payload, ...place }) as JsonObject;
}

/** The seed defines no output stream: items are what its ingest endpoint accepts, and a stream of them is framed like any other. */
export const agentOsEncoder: DialectEncoder = {
  dialect: "agent-os",
  lineOrder: ["id", "event", "data"],
  heartbeat: "keepalive",
  names: (outgoing) => {
    const type = readString(item(outgoing) ?? undefined, "event_type");
    return type === undefined ? [] : [...new Set([type, type.toUpperCase(), outgoing.event.type])];
  },
  frame: (outgoing) => {
    const body = item(outgoing);
    const type = readString(body ?? undefined, "event_type");
    if (body === null) return null;
    const id = String(outgoing.event.seq);
    return type !== undefined && /^\w{1,64}$/.test(type) ? { id, event: type, data: body } : { id, data: body };
  },
  ends: endsRun,
  item,
};
