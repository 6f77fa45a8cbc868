import { isJsonObject, type Json, type JsonObject } from "../json";

const single = ["additionalItems", "additionalProperties", "contains", "items", "not", "propertyNames"];
const listed = ["allOf", "anyOf", "items", "oneOf", "prefixItems"];
const named = ["$defs", "definitions", "properties"];

export const typeNames = ["array", "boolean", "integer", "null", "number", "object", "string"] as const;

/** Constraining keywords that are not checked. A pattern is a program from the agent that would run here for as long as it likes. */
const unchecked = [
  "pattern",
  "patternProperties",
  "if",
  "then",
  "else",
  "dependencies",
  "dependentRequired",
  "dependentSchemas",
  "unevaluatedItems",
  "unevaluatedProperties",
  "$dynamicRef",
  "$recursiveRef",
];

/** How many schemas may be chained for one value, through references and composition. */
const mostForOneValue = 64;
const mostSchemas = 10_000;

/**
 * Whether values can be checked against this JSON schema: it uses only keywords that we check, its references point to schemas within it,
 * and none returns to itself without descending into the value. The work is one bounded pass over the schema.
 */
export function isCheckable(schema: JsonObject): boolean {
  const all = new Set<JsonObject>([schema]);
  for (const one of all) {
    if (all.size > mostSchemas) return false;
    if (unchecked.some((word) => one[word] !== undefined) || !hasTypes(one)) return false;
    for (const inner of schemasIn(one)) {
      if (isJsonObject(inner)) all.add(inner);
      else if (typeof inner !== "boolean") return false;
    }
  }
  const heights = new Map<JsonObject, number>();
  for (const one of all) {
    if (one.$ref !== undefined && !isSchema(referred(one, schema), all)) return false;
    if (heightOf(one, { root: schema, heights, depth: 0 }) > mostForOneValue) return false;
  }
  return true;
}

function isSchema(target: Json | undefined, all: ReadonlySet<JsonObject>): boolean {
  return typeof target === "boolean" || (isJsonObject(target) && all.has(target));
}

function hasTypes({ type }: JsonObject): boolean {
  return type === undefined || [type].flat().every((name) => typeNames.some((known) => known === name));
}

function schemasIn(schema: JsonObject): readonly Json[] {
  return [
    ...single.flatMap((word) => (schema[word] === undefined || Array.isArray(schema[word]) ? [] : [schema[word]])),
    ...listed.flatMap((word) => listOf(schema[word])),
    ...named.flatMap((word) => (isJsonObject(schema[word]) ? Object.values(schema[word]) : [])),
  ];
}

type Climb = { readonly root: JsonObject; readonly heights: Map<JsonObject, number>; readonly depth: number };

/** How many schemas are chained for the value that this one applies to. */
function heightOf(schema: Json, climb: Climb): number {
  if (!isJsonObject(schema)) return 0;
  const { root, heights, depth } = climb;
  const known = heights.get(schema);
  if (known !== undefined) return known;
  if (depth > mostForOneValue) return Number.POSITIVE_INFINITY;
  heights.set(schema, Number.POSITIVE_INFINITY);
  const target = referred(schema, root);
  const beside = ["allOf", "anyOf", "oneOf"].flatMap((word) => listOf(schema[word]));
  let height = 1;
  for (const way of [...beside, schema.not ?? true, target ?? true])
    height = Math.max(height, 1 + heightOf(way, { root, heights, depth: depth + 1 }));
  heights.set(schema, height);
  return height;
}

export function listOf(words: Json | undefined): readonly Json[] {
  return Array.isArray(words) ? words : [];
}

/** The target of "#/...". */
export function referred({ $ref }: JsonObject, root: Json): Json | undefined {
  if (typeof $ref !== "string" || !/^#(\/|$)/.test($ref)) return undefined;
  return $ref
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce<Json | undefined>(
      (at, key) => (typeof at === "object" && at !== null && Object.hasOwn(at, key) ? stepTo(at, key) : undefined),
      root,
    );
}

function stepTo(at: object, key: string): Json | undefined {
  return (at as { readonly [key: string]: Json })[key];
}
