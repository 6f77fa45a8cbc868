import type { ChannelKind } from "@/lib/core/alerts/words";
import type { Dialect } from "@/lib/core/dialect";
import { headerValue } from "@/lib/core/webhooks/header-value";
import type { DeliveryAttempt } from "@/lib/core/webhooks/webhook";
import { endpointUrl, sourceEndpoints } from "@/lib/dialects/source-endpoints";
import { failureWords, type OutboundOutcome, type OutboundRequest } from "../outbound/post";
import { SealError } from "../secrets/seal";
import type { Services } from "../services";
import { tokenPlace } from "../sources/source-token";
import { publicId } from "./public-id";
import { crewshipHeaders, signatureHeaders } from "./sign";
import { secretPlace } from "./webhook-secret";

/** A delivery that this process may send now, with the data of its webhook. */
export type ClaimedDelivery = {
  readonly projectId: string;
  readonly id: string;
  readonly webhookId: string;
  readonly type: string;
  readonly family: "event" | "crewship" | "test" | "alert" | "source";
  readonly sourceName: string;
  readonly body: string;
  readonly attempts: number;
  readonly step: number;
  readonly log: readonly DeliveryAttempt[];
  /** The kind of receiver: a webhook for events, an alert channel, or a source's own endpoint. */
  readonly kind: "events" | ChannelKind | "source";
  readonly url: string;
  /** Sealed: the signing secret, or a source's token; null = a source without one. */
  readonly secret: string | null;
  /** Only for a source's endpoint. */
  readonly dialect: Dialect | null;
  readonly path: string | null;
  /** The decision or control request that it reports. */
  readonly subject: string | null;
  readonly previousSecret: string | null;
  readonly previousUntilMs: number | null;
};

type Context = Pick<Services, "outbound" | "mailer" | "sealer" | "now" | "version">;

const keptReplyChars = 500;

/** Sends a delivery once. Never rejects: a failure is the attempt's error. */
export async function attemptDelivery(context: Context, delivery: ClaimedDelivery): Promise<DeliveryAttempt> {
  const startedMs = context.now();
  try {
    if (delivery.kind === "email") return await sendMail(context, delivery, startedMs);
    const request = requestOf(context, delivery);
    if (request === null) return notMade("The source has no endpoint to call for this.", startedMs);
    return attemptOf(await context.outbound.post(request), startedMs);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return notMade(`The secret cannot be decrypted. ${error.message}`, startedMs);
  }
}

function notMade(error: string, startedMs: number): DeliveryAttempt {
  return { at: new Date(startedMs).toISOString(), status_code: null, error, duration_ms: 0, reply: null };
}

async function sendMail({ mailer, now }: Context, { url, body }: ClaimedDelivery, startedMs: number): Promise<DeliveryAttempt> {
  const { subject, text } = JSON.parse(body) as { readonly subject: string; readonly text: string };
  const { code, error, reply } = await mailer.send({ to: url.split(", "), subject, text });
  return { at: new Date(startedMs).toISOString(), status_code: code, error, duration_ms: now() - startedMs, reply: keptReply(reply ?? "") };
}

function requestOf(context: Context, delivery: ClaimedDelivery): OutboundRequest | null {
  const { kind, url, body, secret, webhookId, path } = delivery;
  if (kind === "source") {
    const endpoint = path === null ? null : endpointUrl(url, path);
    return endpoint === null ? null : { url: endpoint, body, headers: callHeaders(context, delivery) };
  }
  // Slack's address is itself the secret; Slack does not use signatures.
  if (kind === "slack")
    return { url: context.sealer.open(secret ?? "", secretPlace(webhookId)), body, headers: { "content-type": "application/json" } };
  return { url, body, headers: headersOf(context, delivery) };
}

function keptReply(text: string): string | null {
  return text === "" ? null : text.slice(0, keptReplyChars).toWellFormed().replaceAll("\u0000", "\ufffd");
}

/** Authenticates as the system's own clients do; the delivery's id identifies a repeated attempt. */
function callHeaders({ sealer, version }: Context, { id, webhookId, dialect, secret }: ClaimedDelivery): Record<string, string> {
  const token = secret === null ? null : sealer.open(secret, tokenPlace(webhookId));
  return {
    "content-type": "application/json",
    accept: "application/json",
    "user-agent": `Watchfloor/${version}`,
    "idempotency-key": id,
    ...(token === null || dialect === null ? {} : sourceEndpoints[dialect].headers(token)),
  };
}

function headersOf({ sealer, now, version }: Context, delivery: ClaimedDelivery): Record<string, string> {
  const { webhookId, previousSecret, previousUntilMs, family, type, body, attempts } = delivery;
  const place = secretPlace(webhookId);
  const present = sealer.open(delivery.secret ?? "", place);
  const overlap = previousSecret !== null && previousUntilMs !== null && previousUntilMs > now();
  const message = { id: publicId("delivery", delivery.id), timestamp: Math.floor(now() / 1_000), body };
  return {
    "content-type": "application/json",
    "user-agent": `Watchfloor/${version}`,
    "x-webhook-event": headerValue(type),
    "x-webhook-attempt": String(attempts + 1),
    ...signatureHeaders(message, { present, previous: overlap ? sealer.open(previousSecret, place) : null }),
    ...(family === "crewship" ? crewshipHeaders(message, type, present) : {}),
  };
}

function attemptOf(outcome: OutboundOutcome, startedMs: number): DeliveryAttempt {
  const common = { at: new Date(startedMs).toISOString(), duration_ms: outcome.durationMs };
  if (outcome.kind === "failed")
    return { ...common, status_code: null, error: `${failureWords[outcome.reason]}: ${outcome.message}`, reply: null };
  const { status, body } = outcome;
  const reply = keptReply(body);
  const redirected = status >= 300 && status < 400;
  const error = status >= 200 && status < 300 ? null : redirected ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`;
  return { ...common, status_code: status, error, reply };
}
