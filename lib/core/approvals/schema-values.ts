import { z } from "zod";
import { ExactNumber } from "../exact-json";
import { compareNumbers, isMultiple, isWhole } from "../exact-json/compare-numbers";
import { isJsonObject, type Json, type JsonObject } from "../json";
import type { typeNames } from "./schema-words";

const words: Record<(typeof typeNames)[number], string> = {
  array: "a list",
  boolean: "true or false",
  integer: "a whole number",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a text",
};

const fullTime = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** Text formats; an unknown one is an annotation, as JSON Schema says. */
const formats: ReadonlyMap<unknown, z.ZodType> = new Map<string, z.ZodType>([
  ["email", z.email()],
  ["uri", z.url()],
  ["uri-reference", z.url()],
  ["uuid", z.uuid()],
  ["guid", z.uuid()],
  ["date-time", z.iso.datetime({ offset: true })],
  ["date", z.iso.date()],
  ["time", z.string().regex(fullTime)],
  ["duration", z.iso.duration()],
  ["hostname", z.hostname()],
  ["ipv4", z.ipv4()],
  ["ipv6", z.ipv6()],
  ["mac", z.mac()],
  ["cidr", z.cidrv4()],
  ["cidr-v6", z.cidrv6()],
  ["base64", z.base64()],
  ["base64url", z.base64url()],
  ["e164", z.e164()],
  ["credit_card", z.creditCard()],
  ["iban", z.iban()],
  ["jwt", z.jwt()],
  ["emoji", z.emoji()],
  ["nanoid", z.nanoid()],
  ["cuid", z.cuid()],
  ["cuid2", z.cuid2()],
  ["ulid", z.ulid()],
  ["xid", z.xid()],
  ["ksuid", z.ksuid()],
]);

/** The number of a value's characters, items or keys. An emoji is one character, as JSON Schema counts. */
export function sizeOf(value: Json): number {
  if (Array.isArray(value)) return value.length;
  if (isJsonObject(value)) return Object.keys(value).length;
  let characters = 0;
  if (typeof value === "string") for (const _ of value) characters += 1;
  return characters;
}

/** What a JSON schema rejects in a value of this size without descending into it; null = nothing. */
export function ownProblem(schema: JsonObject, value: Json, size: number): string | null {
  const types = schema.type === undefined ? null : ([schema.type].flat() as readonly (keyof typeof words)[]);
  if (types !== null && !types.some((type) => isOfType(type, value))) {
    const [first = "nothing", ...others] = types.map((type) => words[type]);
    return `${[`${first[0]?.toUpperCase()}${first.slice(1)}`, ...others].join(" or ")} is required.`;
  }
  if (isNumber(value)) return numberProblem(schema, value);
  if (typeof value === "string") return textProblem(schema, value, size);
  if (Array.isArray(value)) return sizeProblem(size, schema.minItems, schema.maxItems, "items");
  return isJsonObject(value) ? sizeProblem(size, schema.minProperties, schema.maxProperties, "names") : null;
}

function isNumber(value: Json | undefined): value is number {
  return typeof value === "number" || value instanceof ExactNumber;
}

function isOfType(type: keyof typeof words, value: Json): boolean {
  if (type === "integer") return isNumber(value) && isWhole(value);
  if (type === "number") return isNumber(value);
  if (type === "object") return isJsonObject(value);
  return type === "array" ? Array.isArray(value) : type === "null" ? value === null : typeof value === type;
}

function numberProblem(schema: JsonObject, value: number): string | null {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  const passes = (limit: Json | undefined, fits: (order: number) => boolean) => !isNumber(limit) || fits(compareNumbers(value, limit));
  // In draft 4, `true` makes the accompanying bound exclusive.
  const least = exclusiveMinimum === true ? minimum : exclusiveMinimum;
  const most = exclusiveMaximum === true ? maximum : exclusiveMaximum;
  if (!passes(minimum, (order) => order >= 0) || !passes(least, (order) => order > 0)) return "The number is too small.";
  if (!passes(maximum, (order) => order <= 0) || !passes(most, (order) => order < 0)) return "The number is too large.";
  return isNumber(multipleOf) && !isMultiple(value, multipleOf) ? `It must be a multiple of ${multipleOf}.` : null;
}

function textProblem({ minLength, maxLength, format }: JsonObject, value: string, size: number): string | null {
  const form = formats.get(format);
  if (form !== undefined && !form.safeParse(value).success) return `This must have the format "${format}".`;
  return sizeProblem(size, minLength, maxLength, "characters");
}

function sizeProblem(size: number, least: Json | undefined, most: Json | undefined, what: string): string | null {
  if (isNumber(least) && size < least) return `Too short: at least ${least} ${what}.`;
  return isNumber(most) && size > most ? `Too long: at most ${most} ${what}.` : null;
}
