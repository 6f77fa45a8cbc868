import { type ErrorCode, refusals } from "../../errors";
import type { Route } from "../route";
import { pathParameter } from "./parameters";
import type { Schema, Schemas } from "./schemas";

const bodyRefusals: readonly ErrorCode[] = [
  ...(["invalid_json", "invalid_request", "invalid_encoding", "too_deep", "too_many_values"] as const),
  ...(["timeout", "too_large", "unsupported_media_type", "invalid_event"] as const),
];

/** Every way a route may refuse: those implied by its declaration, and its own. */
export function refusalsOf({ path, scope, webSocket, doc }: Route): readonly ErrorCode[] {
  const codes: readonly ErrorCode[] = [
    ...(doc.body ? bodyRefusals : doc.query ? (["invalid_request"] as const) : []),
    ...(scope === "open" ? [] : (["unauthorized", "forbidden", "unavailable", "overloaded"] as const)),
    ...(path.search(pathParameter) < 0 ? [] : (["not_found"] as const)),
    ...(doc.headers?.includes("Idempotency-Key") ? (["idempotency_mismatch"] as const) : []),
    ...(webSocket ? (["upgrade_required"] as const) : []),
    ...(doc.refusals ?? []),
  ];
  return [...new Set(codes)];
}

const asError = { "application/json": { schema: { $ref: "#/components/schemas/Error" } } };

/** Common refusals are defined once, in the components. */
const shared: Readonly<Record<string, readonly ErrorCode[]>> = {
  BadRequest: ["invalid_request"],
  BadBody: bodyRefusals.filter((code) => refusals[code].status === 400),
  Unauthorized: ["unauthorized"],
  Forbidden: ["forbidden"],
  NotFound: ["not_found"],
  Timeout: ["timeout"],
  Conflict: ["conflict"],
  TooLarge: ["too_large"],
  UnsupportedMediaType: ["unsupported_media_type"],
  Unprocessable: ["invalid_event"],
  Unavailable: ["unavailable", "overloaded"],
};

export const answerComponents = {
  headers: {
    "Retry-After": { description: "Seconds to wait before the next try", schema: { type: "integer" } },
    "Idempotent-Replay": { description: "Present if this is the stored reply to an earlier request", schema: { const: "true" } },
    Location: { description: "Where to go next", schema: { type: "string" } },
  },
  responses: {
    ...Object.fromEntries(Object.entries(shared).map(([name, codes]) => [name, refused(codes)])),
    Refused: { description: "Any other error; all errors have this form", content: asError },
  },
};

function refused(codes: readonly ErrorCode[]): Schema {
  const retry = codes.some((code) => refusals[code].status === 503);
  return {
    description: codes.map((code) => `\`${code}\`: ${refusals[code].meaning}`).join(" "),
    ...(retry ? { headers: headersOf("Retry-After") } : {}),
    content: asError,
  };
}

function headersOf(name: keyof typeof answerComponents.headers) {
  return { [name]: { $ref: `#/components/headers/${name}` } };
}

/** By status: the success responses, then the refusals. */
export function answersOf(route: Route, schemas: Schemas): Schema {
  const answers: Record<string, unknown> = {};
  for (const status of statusesOf(route)) answers[status] = done(route, status, schemas);
  const codes = refusalsOf(route);
  for (const status of [...new Set(codes.map((code) => refusals[code].status))].sort((a, b) => a - b))
    answers[status] = byReference(codes.filter((code) => refusals[code].status === status));
  return { ...answers, default: { $ref: "#/components/responses/Refused" } };
}

export function statusesOf({ doc }: Route): readonly number[] {
  return [doc.status ?? (doc.reply || doc.contentType ? 200 : 204)].flat();
}

function byReference(codes: readonly ErrorCode[]): Schema {
  const [name] =
    Object.entries(shared).find(([, same]) => same.length === codes.length && same.every((code) => codes.includes(code))) ?? [];
  return name === undefined ? refused(codes) : { $ref: `#/components/responses/${name}` };
}

const words: Readonly<Record<number, string>> = {
  101: "A WebSocket of text messages",
  201: "Created",
  202: "Accepted, and under way",
  303: "Continue at the address in Location",
  307: "Send the request to the address in Location",
  503: "Not ready",
};
const streamWords: Readonly<Record<number, string>> = {
  200: "Frames as they arrive",
  204: "The reader has everything, and nothing more will come",
};

function done({ doc }: Route, status: number, { of }: Schemas): Schema {
  const isReply = status !== 101 && status !== 204 && (status < 300 || status >= 400);
  const content = {
    ...(doc.contentType === undefined ? {} : { [doc.contentType]: { schema: { type: "string" } } }),
    ...(doc.reply === undefined ? {} : { "application/json": { schema: of(doc.reply, "output") } }),
  };
  const mayRepeat = doc.headers?.includes("Idempotency-Key") || (Array.isArray(doc.status) && doc.status.includes(202));
  return {
    description: (doc.contentType === "text/event-stream" ? streamWords : words)[status] ?? "OK",
    ...(mayRepeat ? { headers: headersOf("Idempotent-Replay") } : {}),
    ...(status >= 300 && status < 400 ? { headers: headersOf("Location") } : {}),
    ...(isReply && Object.keys(content).length > 0 ? { content } : {}),
  };
}
