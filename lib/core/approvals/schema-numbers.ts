import { ExactNumber } from "../exact-json";
import { compareNumbers, isWhole } from "../exact-json/compare-numbers";
import { isJsonObject, type Json, type JsonObject } from "../json";

/** What is said of a number that does not fit, and where it stands. */
export type NumberProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** Where values stand in a schema, and no schemas. */
const values = new Set(["enum", "const", "default", "examples"]);

/**
 * The schema for a check that works with doubles and takes a whole number beyond 2^53 for none: "integer" is written as what
 * JSON Schema says it is, a number that is a multiple of one. What doubles cannot tell is left to `numberProblem`.
 */
export function withWideIntegers(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withWideIntegers);
  if (!isJsonObject(schema)) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, each]) => [key, values.has(key) ? each : withWideIntegers(each)]));
  if ("multipleOf" in schema) return inner;
  if (schema.type === "integer") return { ...inner, type: "number", multipleOf: 1 };
  if (!Array.isArray(schema.type) || !schema.type.includes("integer") || schema.type.includes("number")) return inner;
  return { ...inner, type: schema.type.map((type) => (type === "integer" ? "number" : type)), multipleOf: 1 };
}

/**
 * What is wrong with the numbers of a value that no double holds, by their digits: a fraction where a whole number is wanted, a bound
 * that is passed, none of the values that are listed. Looked at are the words of a schema that say where a value stands; null = none.
 */
export function numberProblem(schema: Json, value: Json): NumberProblem | null {
  return holdsExact(value) ? problemAt(schema, value, { root: schema, path: [], seen: new Set() }) : null;
}

type Place = {
  readonly root: Json;
  readonly path: NumberProblem["path"];
  /** What was asked about this value: a schema that leads back to itself has no more to say. */
  readonly seen: Set<Json>;
};

function problemAt(schema: Json, value: Json, place: Place): NumberProblem | null {
  if (!isJsonObject(schema) || place.seen.has(schema)) return null;
  place.seen.add(schema);
  for (const way of [...listOf(schema.allOf), ...referred(schema, place.root)]) {
    const problem = problemAt(way, value, place);
    if (problem) return problem;
  }
  for (const choice of [listOf(schema.anyOf), listOf(schema.oneOf)]) {
    const problems = choice.map((way) => problemAt(way, value, place));
    if (problems.length > 0 && problems.every((problem) => problem !== null)) return problems[0] ?? null;
  }
  if (value instanceof ExactNumber) return ownProblem(schema, value, place.path);
  for (const [key, each] of inside(value)) {
    const problem = problemAt(schemaAt(schema, value, key), each, { root: place.root, path: [...place.path, key], seen: new Set() });
    if (problem) return problem;
  }
  return null;
}

function holdsExact(value: Json): boolean {
  return value instanceof ExactNumber || inside(value).some(([, each]) => holdsExact(each));
}

function ownProblem(schema: JsonObject, value: ExactNumber, path: NumberProblem["path"]): NumberProblem | null {
  const types = [schema.type].flat();
  const problem = (message: string): NumberProblem => ({ path, message });
  const bound = (word: string, passes: (order: number) => boolean) => {
    const limit = schema[word];
    return typeof limit === "number" && !passes(compareNumbers(value, limit));
  };
  if (types.includes("integer") && !types.includes("number") && !isWhole(value)) return problem("A whole number is needed.");
  if (bound("minimum", (order) => order >= 0) || bound("exclusiveMinimum", (order) => order > 0))
    return problem("The number is too small.");
  if (bound("maximum", (order) => order <= 0) || bound("exclusiveMaximum", (order) => order < 0))
    return problem("The number is too large.");
  const listed = Array.isArray(schema.enum) ? schema.enum : "const" in schema ? [schema.const as Json] : null;
  const isListed = listed?.some((one) => (typeof one === "number" || one instanceof ExactNumber) && compareNumbers(value, one) === 0);
  return isListed === false ? problem("The number is none of those that are offered.") : null;
}

function listOf(words: Json | undefined): readonly Json[] {
  return Array.isArray(words) ? words : [];
}

/** What "#/..." leads to. */
function referred({ $ref }: JsonObject, root: Json): readonly Json[] {
  if (typeof $ref !== "string" || !$ref.startsWith("#")) return [];
  const keys = $ref.slice(1).split("/").slice(1);
  const found = keys.reduce<Json | undefined>(
    (at, key) => (isJsonObject(at) ? at[key.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined),
    root,
  );
  return found === undefined ? [] : [found];
}

function inside(value: Json): readonly (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return [...value.entries()];
  return isJsonObject(value) ? Object.entries(value) : [];
}

function schemaAt(schema: JsonObject, value: Json, key: string | number): Json {
  if (Array.isArray(value)) return listOf(schema.prefixItems)[Number(key)] ?? schema.items ?? null;
  const properties = schema.properties;
  if (isJsonObject(properties) && Object.hasOwn(properties, key)) return properties[key] as Json;
  return schema.additionalProperties ?? null;
}
