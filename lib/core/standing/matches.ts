import { canonicalJson } from "../approvals/canonical-json";
import { ExactNumber } from "../exact-json";
import { splitHidden } from "../format/hidden-characters";
import { isJsonObject, type Json } from "../json";
import type { ArgumentRule } from "./standing";

/** What a standing approval lets through. */
export type Allowed = {
  /** Arguments of the request it was created from. */
  readonly arguments: Json;
  readonly rules: Readonly<Record<string, ArgumentRule>>;
  readonly allowExtra: boolean;
};

/** Whether arguments fit exactly: a missing argument, or one without a rule, does not. */
export function fits(allowed: Allowed, given: Json): boolean {
  if (whyNotPlain(given) !== null) return false;
  const { arguments: asked, rules, allowExtra } = allowed;
  if (!isJsonObject(asked) || !isJsonObject(given)) return canonicalJson(asked) === canonicalJson(given);
  const names = new Set(Object.keys(asked));
  if (!allowExtra && Object.keys(given).some((name) => !names.has(name))) return false;
  return [...names].every((name) => {
    const value = own(given, name);
    return value !== undefined && fitsRule(own(rules, name) ?? { is: "same" }, { value, asked: own(asked, name) ?? null });
  });
}

function fitsRule(rule: ArgumentRule, { value, asked }: { readonly value: Json; readonly asked: Json }): boolean {
  switch (rule.is) {
    case "any":
      return true;
    case "same":
      return canonicalJson(value) === canonicalJson(asked);
    case "between":
      return isNumber(value) && Number(value) >= rule.min && Number(value) <= rule.max;
    case "like":
      return typeof value === "string" && isLike(rule.pattern, value);
  }
}

/** 5.0 lies between 1 and 9 as 5 does; a number with more digits than a double keeps may not be what it seems. */
function isNumber(value: Json): boolean {
  return typeof value === "number" || (value instanceof ExactNumber && value.literal.replace(/\D/g, "").length <= 15);
}

function own<T>(record: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const longestText = 4_000;
/** Dots and slashes (and the percent sign itself) percent-encoded, as for programs that treat paths as URLs. */
const encodedPath = /%(?:2e|2f|5c|25)/i;

/**
 * Whether a text matches a pattern: `*` is any characters except `/` and `\`, `**` any. A text with a line break, a `..` segment or slashes
 * written as `%2f` never matches: it could lead out of the folder that the pattern names.
 */
export function isLike(pattern: string, text: string): boolean {
  if (text.length > longestText || /[\r\n]/.test(text) || text.split(/[\\/]/).includes("..") || encodedPath.test(text)) return false;
  const tokens = pattern.match(/\*\*|\*|[^*]/gu) ?? [];
  // The prefixes of the text that match the tokens so far: no backtracking, whatever the pattern.
  const characters = [...text];
  let reached = new Set([0]);
  for (const token of tokens) {
    const next = new Set<number>();
    for (const at of reached) {
      if (token === "*" || token === "**") {
        for (let end = at; end <= characters.length; end++) {
          if (next.has(end) && end > at) break;
          next.add(end);
          if (token === "*" && (characters[end] === "/" || characters[end] === "\\")) break;
        }
      } else if (characters[at] === token) next.add(at + 1);
    }
    reached = next;
  }
  return reached.has(characters.length);
}

/** Why these arguments cannot be approved in advance; null if they are plain. */
export function whyNotPlain(given: Json): string | null {
  for (const text of textsOf(given)) {
    if (splitHidden(text).some((piece) => piece.kind === "hidden")) return "hidden characters";
    if (looksCut(text)) return "a truncated text";
  }
  return null;
}

/** All keys and texts, at any depth. */
function* textsOf(value: Json): Generator<string> {
  const waiting: Json[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === "string") yield next;
    else if (Array.isArray(next)) for (const item of next as Json[]) waiting.push(item);
    else if (isJsonObject(next)) {
      yield* Object.keys(next);
      for (const item of Object.values(next)) waiting.push(item);
    }
  }
}

function looksCut(text: string): boolean {
  return /(?:…|\.\.\.)\s*$|[[(<](?:\.\.\.|…)?\s*truncated/i.test(text);
}
