import { entriesOf } from "../exact-json";
import { sameText } from "../exact-json/same-json";
import { isJsonObject, type Json, type JsonObject } from "../json";
import { ownProblem, sizeOf } from "./schema-values";
import { listOf, referred } from "./schema-words";

/** What does not fit, and where. */
export type SchemaProblem = { readonly path: readonly (string | number)[]; readonly message: string };

/** A step is one schema applied to one value; this many take a few tenths of a second at most. */
const mostSteps = 50_000;
const mostDepth = 500;
/** Characters of text checked per step. */
const textOfStep = 256;

/** A place in the value and its results: each schema is applied to it once, however many paths lead there. */
type Place = {
  readonly value: Json;
  readonly path: SchemaProblem["path"];
  readonly said: Map<JsonObject, SchemaProblem | null>;
  readonly inside: Map<string | number, Place>;
  readonly size: number;
  /** Steps it takes to check the value itself. */
  readonly steps: number;
  text?: string;
};

type Walk = { readonly root: JsonObject; readonly listed: Map<JsonObject, ReadonlySet<string>>; steps: number; depth: number };

class Beyond extends Error {}

/**
 * What a JSON schema rejects in a value; null = it fits, "beyond" = more work than is spent on one value. Numbers are compared by their
 * digits. Expects a schema that passes `isCheckable`; in others, unchecked keywords are skipped.
 */
export function schemaProblem(schema: JsonObject, value: Json, steps = mostSteps): SchemaProblem | "beyond" | null {
  try {
    return problemAt(schema, placeOf(value, []), { root: schema, listed: new Map(), steps, depth: 0 });
  } catch (error) {
    if (error instanceof Beyond) return "beyond";
    throw error;
  }
}

function placeOf(value: Json, path: SchemaProblem["path"]): Place {
  const written = typeof value === "object" && !(value instanceof Number) ? "" : String(value);
  return { value, path, said: new Map(), inside: new Map(), size: sizeOf(value), steps: 1 + Math.floor(written.length / textOfStep) };
}

function innerPlace(place: Place, key: string | number, value: Json): Place {
  const known = place.inside.get(key);
  if (known !== undefined) return known;
  const made = placeOf(value, [...place.path, key]);
  place.inside.set(key, made);
  return made;
}

function spend(walk: Walk, steps: number): void {
  walk.steps -= steps;
  if (walk.steps < 0) throw new Beyond();
}

function problemAt(schema: Json, place: Place, walk: Walk): SchemaProblem | null {
  if (schema === false) return { path: place.path, message: "No value is allowed here." };
  if (!isJsonObject(schema)) return null;
  const said = place.said.get(schema);
  if (said !== undefined) return said;
  spend(walk, place.steps);
  if (++walk.depth > mostDepth) throw new Beyond();
  const message = ofItself(schema, place, walk);
  const problem = message === null ? ofWays(schema, place, walk) : { path: place.path, message };
  walk.depth -= 1;
  place.said.set(schema, problem);
  return problem;
}

function ofItself(schema: JsonObject, place: Place, walk: Walk): string | null {
  const message = ownProblem(schema, place.value, place.size);
  if (message !== null || (schema.enum === undefined && schema.const === undefined)) return message;
  return listedIn(schema, walk).has(textAt(place, walk)) ? null : "This is not one of the allowed values.";
}

function listedIn(schema: JsonObject, walk: Walk): ReadonlySet<string> {
  const known = walk.listed.get(schema);
  if (known !== undefined) return known;
  const values = schema.enum === undefined ? [] : listOf(schema.enum);
  spend(walk, values.length);
  const texts = new Set(schema.const === undefined ? values.map(sameText) : [sameText(schema.const)]);
  walk.listed.set(schema, texts);
  return texts;
}

function textAt(place: Place, walk: Walk): string {
  place.text ??= sameText(place.value);
  spend(walk, Math.floor(place.text.length / textOfStep));
  return place.text;
}

function ofWays(schema: JsonObject, place: Place, walk: Walk): SchemaProblem | null {
  const ask = (way: Json) => problemAt(way, place, walk);
  for (const way of [...listOf(schema.allOf), referred(schema, walk.root) ?? true]) {
    const problem = ask(way);
    if (problem) return problem;
  }
  const any = firstUnlessOne(listOf(schema.anyOf).map(ask));
  if (any) return any;
  const one = listOf(schema.oneOf).map(ask);
  const chosen = firstUnlessOne(one);
  if (chosen) return chosen;
  if (one.filter((problem) => problem === null).length > 1)
    return { path: place.path, message: "This matches more than one of the alternatives." };
  if (schema.not !== undefined && ask(schema.not) === null) return { path: place.path, message: "This value is not allowed here." };
  if (Array.isArray(place.value)) return ofItems(schema, place, walk);
  return isJsonObject(place.value) ? ofProperties(schema, place, walk) : null;
}

/** No problem if any alternative fits. */
function firstUnlessOne(problems: readonly (SchemaProblem | null)[]): SchemaProblem | null {
  return problems.every((problem) => problem !== null) ? (problems[0] ?? null) : null;
}

function ofItems(schema: JsonObject, place: Place, walk: Walk): SchemaProblem | null {
  const items = place.value as readonly Json[];
  const problem = (message: string): SchemaProblem => ({ path: place.path, message });
  // Draft 7 puts the first ones in `items` and the rest in `additionalItems`.
  const [first, others] = Array.isArray(schema.items) ? [schema.items, schema.additionalItems] : [listOf(schema.prefixItems), schema.items];
  for (const [index, item] of (others === undefined ? items.slice(0, first.length) : items).entries()) {
    spend(walk, 1);
    const found = problemAt(first[index] ?? others ?? true, innerPlace(place, index, item), walk);
    if (found) return found;
  }
  if (schema.uniqueItems === true) {
    spend(walk, items.length);
    const texts = items.map((item, index) => textAt(innerPlace(place, index, item), walk));
    if (new Set(texts).size < texts.length) return problem("All items must be different.");
  }
  if (schema.contains === undefined) return null;
  spend(walk, items.length);
  const fitting = items.filter((item, index) => problemAt(schema.contains as Json, innerPlace(place, index, item), walk) === null).length;
  const { minContains = 1, maxContains } = schema;
  if (typeof minContains === "number" && fitting < minContains) return problem("Too few items match the required form.");
  return typeof maxContains === "number" && fitting > maxContains ? problem("Too many items match a form that only some may have.") : null;
}

function ofProperties(schema: JsonObject, place: Place, walk: Walk): SchemaProblem | null {
  const object = place.value as JsonObject;
  const required = listOf(schema.required);
  spend(walk, required.length);
  const missing = required.find((name) => typeof name === "string" && !Object.hasOwn(object, name));
  if (missing !== undefined) return { path: [...place.path, String(missing)], message: "This is required." };
  const { properties, additionalProperties = true, propertyNames = true } = schema;
  if (properties === undefined && additionalProperties === true && propertyNames === true) return null;
  for (const [key] of entriesOf(object)) {
    spend(walk, 1);
    const isNamed = isJsonObject(properties) && Object.hasOwn(properties, key);
    const way = isNamed ? (properties[key] as Json) : additionalProperties;
    if (way === false && !isNamed) return { path: [...place.path, key], message: "This field is not in the schema." };
    const found = way === true ? null : problemAt(way, innerPlace(place, key, object[key] as Json), walk);
    if (found) return found;
    if (propertyNames !== true && problemAt(propertyNames, placeOf(key, place.path), walk))
      return { path: [...place.path, key], message: "This field name is not allowed." };
  }
  return null;
}
