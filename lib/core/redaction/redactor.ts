import { ExactNumber, entriesOf, objectOf, parseExact, plainJson, stringifyExact } from "../exact-json";
import { isJsonObject, type Json, type JsonObject } from "../json";
import { scanJson } from "../json-scan";
import { cardsIn, isCard } from "./cards";
import { mayHoldCredentials } from "./credentials";
import { fieldName, isWorkingFolder, looksRandom, mayNameSecrets, secrecyOf } from "./field-names";
import { credentialsIn, emailsIn, type Found, matchesOf, mayHoldEmails } from "./find-secrets";
import { placeholder, placeholderForm } from "./placeholder";
import type { RedactionPolicy } from "./policy";

const placeholders = new RegExp(placeholderForm, "gu");
const onlyPlaceholder = new RegExp(`^${placeholderForm.source}$`, "u");

export type Redacted<T> = {
  readonly text: string;
  readonly value: T;
  /** How many values were taken out. */
  readonly count: number;
};

export type Redactor = {
  /** Of JSON text and its value; both as they were given when nothing had to go. Bound the depth of untrusted text first. */
  readonly json: <T extends Json>(text: string, value: T) => Redacted<T>;
  /** Of one text that is no JSON, such as an id. */
  readonly text: (text: string) => string;
};

type Means = {
  /** Eight hex digits, the same ones for the same value, which do not give the value away. */
  readonly mark: (value: string) => string;
  /** Finds what the policy's own patterns match. */
  readonly own?: (text: string) => Found[];
};

type Settings = Pick<Means, "mark"> & {
  readonly policy: RedactionPolicy;
  /** Field names as `fieldName` has them, and how they were written. */
  readonly fields: ReadonlyMap<string, string>;
  readonly finders: readonly ((text: string) => Found[])[];
  /** Texts that are JSON themselves are looked into so many times: arguments within messages within results. */
  readonly inner: number;
};

/** What is being gone through: how many values were taken out of it. */
type Walk = Settings & { readonly taken: { count: number } };

/** Takes out of events what a policy names; null when it names nothing. */
export function openRedactor(policy: RedactionPolicy, { mark, own }: Means): Redactor | null {
  const { credentials, emails, cards, fields, patterns } = policy;
  if (!credentials && !emails && !cards && fields.length === 0 && patterns.length === 0) return null;
  const settings: Settings = {
    policy,
    fields: new Map(fields.map((name) => [fieldName(name), name.replace(/[[\]"\\]/g, " ").slice(0, 40)])),
    finders: [...(credentials ? [credentialsIn] : []), ...(emails ? [emailsIn] : []), ...(cards ? [cardsIn] : []), ...(own ? [own] : [])],
    mark,
    inner: 3,
  };
  return {
    json(text, value) {
      if (!mayHold(text, policy)) return { text, value, count: 0 };
      const walk = { ...settings, taken: { count: 0 } };
      const clean = valueWithout(walk, parseExact(text), null);
      if (walk.taken.count === 0) return { text, value, count: 0 };
      return { text: stringifyExact(clean), value: plainJson(clean) as typeof value, count: walk.taken.count };
    },
    text: (text) => textWithout({ ...settings, taken: { count: 0 } }, text),
  };
}

/** Most events hold nothing of the kind, and are not taken apart to find that out. Letters written as escapes could hide anything. */
function mayHold(text: string, { credentials, emails, cards, fields, patterns }: RedactionPolicy): boolean {
  if (fields.length > 0 || patterns.length > 0 || /\\u00[0-7]/.test(text)) return true;
  if (emails && mayHoldEmails(text)) return true;
  if (cards && /\d(?:[ -]?\d){12}/.test(text)) return true;
  return credentials && (mayNameSecrets.test(text) || mayHoldCredentials(text));
}

/** `within`: the name for a field that is taken out whole, if the value lies in one. */
function valueWithout(walk: Walk, value: Json, within: string | null): Json {
  if (typeof value === "string") return within === null ? stringWithout(walk, value) : taken(walk, value, within);
  if (typeof value === "number" || (value as unknown) instanceof ExactNumber) {
    if (within !== null) return taken(walk, String(value), within);
    return walk.policy.cards && isCard(String(value)) ? taken(walk, String(value), "card") : value;
  }
  if (Array.isArray(value)) return value.map((item) => valueWithout(walk, item, within));
  if (!isJsonObject(value)) return value;
  return objectWithout(walk, value, within);
}

function objectWithout(walk: Walk, object: JsonObject, within: string | null): JsonObject {
  return objectOf(
    entriesOf(object).map(([key, value]) => [textWithout(walk, key), valueWithout(walk, value, within ?? nameFor(walk, key, value))]),
  );
}

/** The name that stands for what this field holds, when its name says that it goes. */
function nameFor({ policy, fields }: Walk, key: string, value: Json): string | null {
  const own = fields.size > 0 ? fields.get(fieldName(key)) : undefined;
  if (own !== undefined) return own;
  // An object under such a name describes one more often than it is one: {"password": {"type": "string"}}. Its own fields are looked at.
  if (isJsonObject(value) || (typeof value === "string" && isWorkingFolder(key, value))) return null;
  const secrecy = policy.credentials ? secrecyOf(key) : null;
  if (secrecy === "secret") return "credential";
  return secrecy === "doubtful" && typeof value === "string" && looksRandom(value) ? "credential" : null;
}

function taken({ mark, taken }: Walk, value: string, name: string): string {
  if (value === "" || onlyPlaceholder.test(value)) return value;
  taken.count += 1;
  return placeholder(name, mark(value));
}

/** A text that is JSON itself, such as a call's arguments, is gone through as such. */
function stringWithout(walk: Walk, text: string): string {
  const first = text.trimStart()[0];
  if (walk.inner === 0 || (first !== "{" && first !== "[") || !scanJson(text).ok) return textWithout(walk, text);
  let inner: Json;
  try {
    inner = parseExact(text);
  } catch {
    return textWithout(walk, text);
  }
  const before = walk.taken.count;
  const clean = valueWithout({ ...walk, inner: walk.inner - 1 }, inner, null);
  return walk.taken.count === before ? text : stringifyExact(clean);
}

function textWithout(walk: Walk, text: string): string {
  const found = walk.finders.length === 1 ? (walk.finders[0]?.(text) ?? []) : walk.finders.flatMap((find) => find(text));
  if (found.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, name } of apart(text, found)) {
    pieces.push(text.slice(at, from), taken(walk, text.slice(from, to), name));
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join("");
}

/** Those that overlap as one, under the name of the first; none that touches what stands for a value already. */
function apart(text: string, found: readonly Found[]): Found[] {
  const kept = matchesOf(placeholders, text).map(({ index, 0: all }) => ({ from: index, to: index + all.length }));
  const joined: Found[] = [];
  let next = 0;
  for (const each of inOrder(found)) {
    while ((kept[next]?.to ?? Number.POSITIVE_INFINITY) <= each.from) next += 1;
    if ((kept[next]?.from ?? Number.POSITIVE_INFINITY) < each.to) continue;
    const last = joined.at(-1);
    if (last && each.from < last.to) joined[joined.length - 1] = { ...last, to: Math.max(last.to, each.to) };
    else joined.push(each);
  }
  return joined;
}

/** One finder gives its own in their order; a text may hold some hundred thousand. */
function inOrder(found: readonly Found[]): readonly Found[] {
  const isBehind = (a: Found, b: Found | undefined) => b !== undefined && (a.from - b.from || b.to - a.to) > 0;
  return found.some((each, index) => isBehind(each, found[index + 1])) ? [...found].sort((a, b) => a.from - b.from || b.to - a.to) : found;
}
