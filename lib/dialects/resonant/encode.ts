import type { JsonObject } from "../../core/json";
import type { DialectEncoder, Notice, Outgoing } from "../contract";
import { isoOf, readId, readObject, readString } from "../shared";
import { withAskedId } from "../shared/asked-id";
import { ownBody } from "../shared/encode-own";
import { endsRun } from "../shared/terminal";
import { encodeForeign } from "./encode-foreign";
import { fieldsOf } from "./envelope-of";

/** The platform's base event (seed, "Base Event Format"). */
export type ResonantEnvelope = JsonObject & {
  readonly id: string;
  readonly type: string;
  readonly created_at: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
};

/** Stable for the run's lifetime and different for every other run: it contains the run's id unchanged. */
function eventIdOf({ event, runId }: Outgoing): string {
  return `evt_${runId}_${event.seq}`;
}

/** Frames of a session's own stream have no dot in their name and are sent to subscribers under the platform's types. */
function ownEnvelope(body: JsonObject, outgoing: Outgoing): ResonantEnvelope | null {
  const { event } = outgoing;
  const type = event.source.type;
  if (!type.includes(".")) return null;
  return {
    id: readId(body, "id") ?? event.source.id ?? eventIdOf(outgoing),
    type,
    created_at: readString(body, "created_at") ?? isoOf(event.occurredAtMs ?? event.receivedAtMs),
    data: withAskedId(fieldsOf({ body }), "approval_id", event),
    metadata: readObject(body, "metadata") ?? {},
  };
}

/** The event as the list, get-one and subscribe endpoints and the webhooks show it; null if the platform has no equivalent. */
export function resonantEnvelope(outgoing: Outgoing): ResonantEnvelope | null {
  const { event, runId } = outgoing;
  const body = ownBody(outgoing, "resonant");
  const envelope = body && ownEnvelope(body, outgoing);
  if (envelope) return envelope;
  const words = encodeForeign(event, runId);
  if (words === null) return null;
  return {
    id: eventIdOf(outgoing),
    type: words.type,
    created_at: isoOf(event.occurredAtMs ?? event.receivedAtMs),
    data: words.about,
    metadata: (body && readObject(body, "metadata")) ?? {},
  };
}

/** Our own message in an envelope, because a client of the platform reads nothing else. */
export function resonantNotice({ type, about }: Notice, atMs: number): ResonantEnvelope {
  return { id: `evt_${type}_${atMs}`, type, created_at: isoOf(atMs), data: about, metadata: {} };
}

/** Subscribe: `id` and `event` are the envelope's, `data` is the envelope. A session's end closes that session's stream. */
export const resonantEncoder: DialectEncoder = {
  dialect: "resonant",
  lineOrder: ["id", "event", "data"],
  heartbeat: "ping",
  names: (outgoing) => {
    const type = resonantEnvelope(outgoing)?.type;
    return [...new Set([outgoing.event.source.type, outgoing.event.type, ...(type === undefined ? [] : [type])])];
  },
  frame: (outgoing) => {
    const envelope = resonantEnvelope(outgoing);
    return envelope && { event: envelope.type, data: envelope, id: envelope.id };
  },
  ends: endsRun,
  notice: resonantNotice,
  item: resonantEnvelope,
};
