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
  /** How many values were redacted. */
  readonly count: number;
};

export type Redactor = {
  /** For JSON text and its value; both are returned as given if nothing was redacted. Bound the depth of untrusted text first. */
  readonly json: <T extends Json>(text: string, value: T) => Redacted<T>;
  /** For a single non-JSON text, such as an id. */
  readonly text: (text: string) => string;
};

type Means = {
  /** Eight hex digits, equal for equal values, that do not reveal the value. */
  readonly mark: (value: string) => string;
  /** Finds matches of the policy's own patterns. */
  readonly own?: (text: string) => Found[];
};

type Settings = Pick<Means, "mark"> & {
  readonly policy: RedactionPolicy;
  /** Field names as `fieldName` normalises them, and as they were written. */
  readonly fields: ReadonlyMap<string, string>;
  readonly finders: readonly ((text: string) => Found[])[];
  /** How many levels of JSON within texts are still searched: arguments within messages within results. */
  readonly inner: number;
};

/** The state of one redaction: how many values were redacted. */
type Walk = Settings & { readonly taken: { count: number } };

/** Redacts from events what a policy names; null if it names nothing. */
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

/** Most events contain nothing to redact, so they are not taken apart to find out. Escaped letters could hide anything. */
function mayHold(text: string, { credentials, emails, cards, fields, patterns }: RedactionPolicy): boolean {
  if (fields.length > 0 || patterns.length > 0 || /\\u00[0-7]/.test(text)) return true;
  if (emails && mayHoldEmails(text)) return true;
  if (cards && /\d(?:[ -]?\d){12}/.test(text)) return true;
  return credentials && (mayNameSecrets.test(text) || mayHoldCredentials(text));
}

/** `within`: the name of the enclosing field that is redacted whole, if any. */
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

/** The replacement name for this field's value, if the field's name requires redaction. */
function nameFor({ policy, fields }: Walk, key: string, value: Json): string | null {
  const own = fields.size > 0 ? fields.get(fieldName(key)) : undefined;
  if (own !== undefined) return own;
  // An object under such a name usually describes a credential rather than being one: {"password": {"type": "string"}}. Its own fields are
  // checked.
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

/** A text that is itself JSON, such as a call's arguments, is searched as JSON. */
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

/** Merges overlapping finds under the name of the first; drops any that touch an existing placeholder. */
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

/** A single finder returns its finds in order; a text may contain several hundred thousand. */
function inOrder(found: readonly Found[]): readonly Found[] {
  const isBehind = (a: Found, b: Found | undefined) => b !== undefined && (a.from - b.from || b.to - a.to) > 0;
  return found.some((each, index) => isBehind(each, found[index + 1])) ? [...found].sort((a, b) => a.from - b.from || b.to - a.to) : found;
}
