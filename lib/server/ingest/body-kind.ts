import { DomainError } from "../errors";
import type { Call } from "../http/call";

export type BodyKind = "json" | "ndjson" | "sse";

const kinds: Readonly<Record<string, BodyKind>> = {
  "application/json": "json",
  "application/x-ndjson": "ndjson",
  "application/ndjson": "ndjson",
  "application/jsonl": "ndjson",
  "application/x-jsonlines": "ndjson",
  "text/event-stream": "sse",
};

/**
 * What the body is, by its Content-Type; null when none was sent (`curl -T-` sends none) and the bytes must tell.
 * Throws unsupported_media_type.
 */
export function bodyKind(call: Pick<Call, "header">): BodyKind | null {
  const type = call.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (!type) return null;
  const kind = kinds[type];
  if (kind) return kind;
  if (type.startsWith("application/") && type.endsWith("+json")) return "json";
  throw new DomainError("unsupported_media_type", `Content-Type "${type.slice(0, 80)}" is not understood.`, {
    hint: "Use application/json, application/x-ndjson or text/event-stream.",
  });
}

/** Tells NDJSON, JSON and a server-sent event stream apart by the first bytes. */
export function sniffKind(start: string): BodyKind {
  const first = start.trimStart()[0];
  if (first === "[") return "json";
  return first === "{" ? "ndjson" : "sse";
}
