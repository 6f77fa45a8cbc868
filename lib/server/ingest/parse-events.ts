import type { Json } from "@/lib/core/json";
import { scanJson } from "@/lib/core/json-scan";
import { DomainError } from "../errors";
import type { RawEvent } from "./accept-event";

/** The events of a JSON body: one object, or the elements of an array, each with its exact text. Throws DomainError. */
export function parseEvents(text: string): { events: RawEvent[]; single: boolean } {
  const value = parseJson(text);
  const { elements } = value;
  if (elements === null || !Array.isArray(value.json)) return { events: [{ text: text.trim(), value: value.json }], single: true };
  const list = value.json as readonly Json[];
  return { events: elements.map(([from, to], index) => ({ text: text.slice(from, to), value: list[index] as Json })), single: false };
}

/** Parses untrusted JSON after checking its depth and size. Throws invalid_json, too_deep or too_many_values. */
export function parseJson(text: string): { json: Json; elements: readonly (readonly [number, number])[] | null } {
  if (text.trim() === "")
    throw new DomainError("invalid_json", "The body is empty.", { hint: "Send one event as a JSON object, or several as an array." });
  const scan = scanJson(text);
  if (!scan.ok) {
    const what = scan.code === "too_deep" ? "nested more than 64 levels deep" : "made of more than 200,000 values";
    throw new DomainError(scan.code, `The JSON is ${what}.`, { path: `offset ${scan.at}` });
  }
  try {
    return { json: JSON.parse(text) as Json, elements: scan.elements };
  } catch (error) {
    throw new DomainError(
      "invalid_json",
      `The body is not valid JSON: ${error instanceof Error ? error.message.slice(0, 200) : "cannot be parsed"}.`,
      beginsWithLine(text) ? { hint: "Where events are accepted, send several values, one per line, as application/x-ndjson." } : {},
    );
  }
}

/** Whether the first of several lines is JSON by itself. */
function beginsWithLine(text: string): boolean {
  const start = text.trimStart();
  const end = start.indexOf("\n");
  try {
    return end > 0 && typeof JSON.parse(start.slice(0, end)) === "object";
  } catch {
    return false;
  }
}
