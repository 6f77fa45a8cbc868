import { headOf } from "../head-of";
import { isJsonObject, type Json } from "../json";

/** The first `max` characters, never splitting a surrogate pair. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return headOf(text, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

const depthLimit = 64;

/** Writes JSON until it has enough: a value of megabytes costs no more than the line that is shown. */
class JsonLine {
  text = "";

  constructor(private readonly max: number) {}

  write(value: Json, depth: number): void {
    if (this.text.length >= this.max) return;
    if (typeof value === "string") this.text += JSON.stringify(clip(value, this.max));
    else if (typeof value !== "object" || value === null) this.text += String(value);
    else if (depth >= depthLimit) this.text += "…";
    else if (isJsonObject(value)) this.writeObject(value, depth);
    else this.writeList(value, depth);
  }

  private writeList(list: readonly Json[], depth: number): void {
    let separator = "[";
    for (const item of list) {
      this.text += separator;
      separator = ",";
      this.write(item, depth + 1);
      if (this.text.length >= this.max) return;
    }
    this.text += separator === "[" ? "[]" : "]";
  }

  private writeObject(object: { readonly [key: string]: Json }, depth: number): void {
    let separator = "{";
    for (const key of Object.keys(object)) {
      this.text += `${separator}${JSON.stringify(clip(key, this.max))}:`;
      separator = ",";
      this.write(object[key] ?? null, depth + 1);
      if (this.text.length >= this.max) return;
    }
    this.text += separator === "{" ? "{}" : "}";
  }
}

/** An upper bound on the room left after a value's text; negative once the text is surely longer. */
function roomAfter(value: Json, room: number, depth: number): number {
  if (typeof value === "string") return room - value.length;
  if (typeof value !== "object" || value === null) return room - 1;
  if (depth >= depthLimit) return -1;
  let left = room;
  if (isJsonObject(value)) {
    for (const key in value) {
      left = roomAfter(value[key] ?? null, left - key.length, depth + 1);
      if (left < 0) return left;
    }
    return left;
  }
  for (const item of value) {
    left = roomAfter(item, left - 1, depth + 1);
    if (left < 0) return left;
  }
  return left;
}

/** A JSON value as text for people, at most `max` characters: strings as they are, anything else as JSON. */
export function jsonLine(value: Json | undefined, max: number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return clip(value, max);
  if (typeof value !== "object") return clip(String(value), max);
  // The platform writes a small value in one piece: same text, but faster and in one string.
  if (roomAfter(value, 4 * max, 0) >= 0) return clip(JSON.stringify(value), max);
  const line = new JsonLine(max);
  line.write(value, 0);
  return clip(line.text, max);
}
