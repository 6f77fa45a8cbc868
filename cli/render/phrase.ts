import type { CanonicalType } from "@/lib/core/events/canonical";
import { entriesOf, stringifyExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";
import type { Tone } from "./palette";
import { cut, plainText } from "./plain-text";
import type { TailEvent } from "./tail-event";

/** What one event says on its line. */
export type Phrase = {
  readonly text: string;
  readonly tone?: Tone;
  /** The text already says whose it is. */
  readonly namesAgent?: boolean;
  /** Shown only with --all, or where --types asks for it by name. */
  readonly detail?: boolean;
  /** The event closes something whose opening line says it all; shown only when that line was never printed. */
  readonly closes?: boolean;
};

/** null: an event with nothing for people in it. */
export type Describe = (event: TailEvent) => Phrase | null;
export type Phrases<Type extends CanonicalType> = Record<Type, Describe>;

const words = 160;

/** Untrusted text, safe for a terminal and short enough for one line. */
export function say(text: string | undefined, limit = words): string {
  return cut(plainText((text ?? "").slice(0, limit * 8)), limit);
}

/** `: text`, or nothing where there is no text. */
export function after(text: string | undefined): string {
  const said = say(text);
  return said === "" ? "" : `: ${said}`;
}

/** `Researcher agent`, but `research-agent` stays as it is. */
export function agentName(agent: string | undefined): string {
  const name = say(agent, 60);
  if (name === "") return "Agent";
  return /agent$/i.test(name) ? name : `${name} agent`;
}

/** `web_search("AI agents 2024")`, `file_system(path: "/data", action: "delete")`. */
export function call(name: string | undefined, input: unknown): string {
  return `${say(name, 80) || "tool"}(${say(callArguments(input), 120)})`;
}

function callArguments(input: unknown): string {
  if (input === undefined || input === null) return "";
  if (!isJsonObject(input)) return briefJson(input);
  return entriesOf(input)
    .map(([key, value]) => `${key}: ${briefJson(value)}`)
    .join(", ");
}

function briefJson(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 400)) : (stringifyExact(value) ?? "");
}
