import { stringifyExact } from "@/lib/core/exact-json";
import type { Frame } from "@/lib/dialects/contract";

/** Interval between heartbeats of a stream, unless its system uses another. */
export const heartbeatMs = 10_000;

export type LineOrder = readonly ("id" | "event" | "data")[];

const nativeOrder: LineOrder = ["id", "event", "data"];
const allowedName = /^[A-Za-z][A-Za-z0-9._-]{0,99}$/;

/**
 * One server-sent event as text. `data` is one line: JSON with U+0085, U+2028 and U+2029 escaped, because clients that split lines as
 * Python does lose an event that contains them raw. A name outside the allow-list is left out, never sent.
 */
export function sseFrame(frame: Frame, order: LineOrder = nativeOrder): string {
  let text = "";
  for (const line of order) {
    if (line === "id" && frame.id !== undefined && !/[\r\n\0]/.test(frame.id)) text += `id: ${frame.id}\n`;
    if (line === "event" && frame.event !== undefined && allowedName.test(frame.event)) text += `event: ${frame.event}\n`;
    if (line === "data") text += `data: ${typeof frame.data === "string" ? oneLine(frame.data) : sseJson(frame.data)}\n`;
  }
  return `${text}\n`;
}

export function sseComment(text: string): string {
  return `: ${oneLine(text)}\n\n`;
}

/** JSON on one line that every SSE reader splits alike. */
export function sseJson(value: unknown): string {
  return escapeSeparators(stringifyExact(value));
}

const separators = /[\r\n\u0085\u2028\u2029]/g;

/** Line breaks inside strings are already escaped; a raw one stands between tokens, in JSON that goes out as written. */
function escapeSeparators(json: string): string {
  return json.replace(separators, (char) =>
    char === "\n" || char === "\r" ? " " : `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\u0085\u2028\u2029]+/g, " ");
}
