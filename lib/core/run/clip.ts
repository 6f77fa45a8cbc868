import { isJsonObject, type Json } from "../json";

/** The first `max` characters, never half of a surrogate pair. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max);
}

const depthLimit = 64;

/** Writes JSON until there is enough of it: a value of megabytes costs no more than the line that is shown. */
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

/** A JSON value as text for people, at most `max` characters: words as they are, anything else as JSON. */
export function jsonLine(value: Json | undefined, max: number): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return clip(value, max);
  const line = new JsonLine(max);
  line.write(value, 0);
  return clip(line.text, max);
}
