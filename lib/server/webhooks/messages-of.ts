import { requestOf } from "@/lib/core/control/control";
import type { ControlState } from "@/lib/core/control/state";
import { stringifyExact } from "@/lib/core/exact-json";
import type { JsonObject } from "@/lib/core/json";
import type { RunState } from "@/lib/core/run/state";
import { matchesType } from "@/lib/core/webhooks/patterns";
import { crewshipRun } from "@/lib/dialects/crewship";
import type { StoredEvent } from "../events/append/plan";
import type { CachedRun } from "../events/append/run-cache";
import type { RunAnswer } from "../runs/run-answers";
import { summaryOf } from "../runs/summary-of";
import { envelopeOf } from "./envelope-of";
import { isOwnReport } from "./report-event";

export type Message = {
  /** The same event in the same format is one message. */
  readonly key: string;
  readonly type: string;
  readonly family: "event" | "crewship";
  /** The webhook that one of our own reports is about; it never receives that report. */
  readonly about: string | null;
  readonly own: boolean;
  /** Seq of the decision made through us that it reports, for the decision's receipt. */
  readonly decidedSeq: number | null;
  readonly body: string;
};

const crewshipWords: { readonly [type: string]: "run.succeeded" | "run.failed" } = {
  "run.completed": "run.succeeded",
  "run.failed": "run.failed",
  "run.expired": "run.failed",
};

/** The run of an event and, if the event is its end, the run's answer. */
export type Told = { readonly run: CachedRun; readonly answer: RunAnswer | undefined };

/** Whether the event is sent as a run's end, with the run's input and answer. */
export function tellsAnswer({ type }: StoredEvent["event"], run: CachedRun): boolean {
  return crewshipWords[type] !== undefined && run.kind === "run";
}

/** The messages for an event of a run, one in each system's format. */
export function messagesOf(stored: StoredEvent, { run, answer }: Told, publicUrl: string): Message[] {
  const url = `${publicUrl}/runs/${run.id}`;
  const messages: Message[] = [];
  const envelope = envelopeOf(stored, { id: run.id, externalId: run.externalId, url });
  if (envelope !== null) {
    const own = isOwnReport(stored.event);
    const about = own && typeof envelope.data.webhook_id === "string" ? envelope.data.webhook_id : null;
    const { type, origin, seq } = stored.event;
    const decidedSeq = type === "approval.decided" && origin === "watchfloor" ? seq : null;
    messages.push({ ...keyed(stored, run, "event"), type: envelope.type, own, about, decidedSeq, body: stringifyExact(envelope) });
  }
  const request = requestOf(stored.event);
  if (request !== null) {
    const about = { ...keyed(stored, run, "event"), type: "control.requested", own: false, about: null, decidedSeq: null };
    messages.push({ ...about, key: `${about.key}:control`, body: controlBody(request, run, url) });
  }
  const word = crewshipWords[stored.event.type];
  if (word !== undefined && answer !== undefined) {
    messages.push({
      ...keyed(stored, run, "crewship"),
      type: word,
      own: false,
      about: null,
      decidedSeq: null,
      body: crewshipBody(word, stored, { run, answer }),
    });
  }
  return messages;
}

/** Whether a webhook receives this message. */
export function isTold(webhook: { readonly publicId: string; readonly events: readonly string[] }, message: Message): boolean {
  return message.about !== webhook.publicId && matchesType(webhook.events, message.type, { own: message.own });
}

function keyed(stored: StoredEvent, run: CachedRun, family: Message["family"]): Pick<Message, "key" | "family"> {
  return { key: `${run.id}:${stored.event.seq}:${family}`, family };
}

/** A control request made through us, in the same envelope as the other events. */
function controlBody({ id, action, by, reason, seq, atMs }: ControlState, run: CachedRun, url: string): string {
  const data = { control_id: id, action, requested_by: by, reason, run_id: run.externalId, run_url: url };
  return stringifyExact({
    id: `evt_control_${id.replaceAll("-", "")}`,
    type: "control.requested",
    created_at: new Date(atMs).toISOString(),
    data,
    metadata: { watchfloor_run_id: run.id, seq, dialect: run.source.dialect },
  });
}

function crewshipBody(
  word: "run.succeeded" | "run.failed",
  { event }: StoredEvent,
  { run, answer }: Told & { readonly answer: RunAnswer },
): string {
  const summary = summaryOf(run);
  // The event determines what is sent, not what the run has become since.
  const status: RunState["lifecycle"]["status"] = word === "run.succeeded" ? "succeeded" : "failed";
  const body: JsonObject = {
    id: `evt_${run.id.replaceAll("-", "")}_${event.seq}`,
    event: word,
    created_at: new Date(event.occurredAtMs ?? event.receivedAtMs).toISOString(),
    data: crewshipRun({ ...summary, status }, answer),
  };
  return stringifyExact(body);
}
