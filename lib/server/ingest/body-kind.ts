import { DomainError } from "../errors";
import type { Call } from "../http/call";

export type BodyKind = "json" | "ndjson" | "sse";

const kinds: Readonly<Record<string, BodyKind>> = {
  "application/json": "json",
  "application/x-json": "json",
  "text/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/x-jsonl": "ndjson",
  "application/jsonlines": "ndjson",
  "application/x-jsonlines": "ndjson",
  "application/stream+json": "ndjson",
  "text/ndjson": "ndjson",
  "text/x-ndjson": "ndjson",
  "text/jsonl": "ndjson",
  "text/event-stream": "sse",
};

/** Default Content-Types of clients that were told none: curl -d, axios, Ruby, PHP and urllib; fetch; aiohttp. */
const sayNothing = new Set(["application/x-www-form-urlencoded", "text/plain", "application/octet-stream"]);

const hint = "Use application/json, application/x-ndjson or text/event-stream.";

/**
 * The body's kind by its Content-Type; null when none was sent (`curl -T-` sends none) or it is a client's default, so the bytes must
 * decide. Throws unsupported_media_type.
 */
export function bodyKind(call: Pick<Call, "header">): BodyKind | null {
  const type = call.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!type || sayNothing.has(type)) return null;
  const kind = kinds[type];
  if (kind) return kind;
  if (type.startsWith("application/") && type.endsWith("+json")) return "json";
  throw new DomainError("unsupported_media_type", `Content-Type "${type.slice(0, 80)}" is not supported.`, { hint });
}

/** Tells NDJSON, JSON and server-sent events apart by the first character. */
export function sniffKind(start: string): BodyKind {
  const first = start.trimStart()[0];
  if (first === "[") return "json";
  return first === "{" ? "ndjson" : "sse";
}

const fields = ["data", "event", "id", "retry"];

/**
 * The same for a body whose first characters have arrived. Throws unsupported_media_type if they match none of these: the body would be
 * lost.
 */
export function kindOfStart(start: string): BodyKind {
  const kind = sniffKind(start);
  // A sender that writes byte by byte may not have sent a whole field name yet.
  const isStream = start.startsWith(":") || fields.some((field) => start.startsWith(field) || field.startsWith(start));
  if (kind !== "sse" || isStream) return kind;
  throw new DomainError("unsupported_media_type", "The body is neither JSON nor an event stream in UTF-8.", { hint });
}
