import type { JsonObject } from "../../core/json";
import type { DialectEncoder, Outgoing } from "../contract";
import { isoOf, own } from "../shared";
import { withAskedId } from "../shared/asked-id";
import { doneMark } from "../shared/done-mark";
import { ownBody } from "../shared/encode-own";
import { exactEvent } from "../shared/exact-event";
import { endsRun } from "../shared/terminal";
import { decode } from "./decode";
import { type CrewshipWords, encodeForeign } from "./encode-foreign";
import { fieldsOf } from "./fields-of";
import { withSeedKeys } from "./seed-keys";

const resumeId = /^(?:evt_)?(\d{1,15})$/;
const endWords: ReadonlySet<string> = new Set(["run.completed", "run.failed", "run.canceled"]);

/** `evt_001`: the seed's ids, growing beyond three digits as needed. */
function eventIdOf(seq: number): string {
  return `evt_${String(seq).padStart(3, "0")}`;
}

/** Where a `Last-Event-ID` (ours, or plain digits) resumes; null for an id that is not ours. */
export function parseCrewshipResume(text: string): { readonly afterSeq: number } | null {
  const digits = resumeId.exec(text.trim())?.[1];
  return digits === undefined ? null : { afterSeq: Number(digits) };
}

/**
 * What a Crewship sender wrote. A run's end that came as a notification or a control event goes out under the stream's own name, which
 * readers wait for.
 */
function ownWords(body: JsonObject, outgoing: Outgoing): CrewshipWords | null {
  const { event, runId } = outgoing;
  const word = event.source.type;
  if (word === "" || word === doneMark || (endsRun(event) && !endWords.has(word))) return null;
  const { timestamp: _beside, ...fields } = fieldsOf({ body, name: word });
  const namesRun = word === "run.started" || endWords.has(word);
  const run: JsonObject = namesRun && own(fields, "run_id") === undefined ? { run_id: runId } : {};
  return { word, payload: withAskedId(withSeedKeys(word, { ...run, ...fields }, outgoing), "approval_id", event) };
}

/**
 * One object that readers of all three documented shapes understand: flat keys, `type` with `payload`, `type` with `data`. Only a `log`
 * also has the timestamp inside its payload (seed, "Log Events").
 */
function encode(outgoing: Outgoing): (CrewshipWords & { readonly object: JsonObject }) | null {
  const { event, runId } = outgoing;
  const body = ownBody(outgoing, "crewship");
  const words = (body && ownWords(body, outgoing)) ?? encodeForeign(exactEvent(outgoing, decode), runId);
  if (words === null) return null;
  const { word } = words;
  const timestamp = (body && own(fieldsOf({ body, name: word }), "timestamp")) ?? isoOf(event.occurredAtMs ?? event.receivedAtMs);
  const payload = word === "log" ? { ...words.payload, timestamp } : words.payload;
  const { type: _type, payload: _payload, data: _data, id: _id, ...flat } = payload;
  return { word, payload, object: { ...flat, timestamp, type: word, payload, data: payload, id: eventIdOf(event.seq) } };
}

/** Crewship's stream as in the seed: `event`, `data`, `id` in this order; closed after the run's end. */
export const crewshipEncoder: DialectEncoder = {
  dialect: "crewship",
  lineOrder: ["event", "data", "id"],
  heartbeat: "heartbeat",
  names: (outgoing) => {
    const word = encode(outgoing)?.word;
    return [...new Set([outgoing.event.source.type, outgoing.event.type, ...(word === undefined ? [] : [word])])];
  },
  frame: (outgoing) => {
    const encoded = encode(outgoing);
    if (encoded === null) return null;
    return { event: encoded.word, data: encoded.object, id: eventIdOf(outgoing.event.seq) };
  },
  ends: endsRun,
  notice: ({ type, about }, atMs) => ({ type, ...about, timestamp: isoOf(atMs), payload: about, data: about }),
  item: (outgoing) => encode(outgoing)?.object ?? null,
};

/** The same frames without a name, for readers that listen only to `onmessage`: a named event never reaches them. */
export const crewshipMessageEncoder: DialectEncoder = {
  ...crewshipEncoder,
  frame: (outgoing) => {
    const object = encode(outgoing)?.object;
    return object === undefined ? null : { data: object, id: eventIdOf(outgoing.event.seq) };
  },
};
