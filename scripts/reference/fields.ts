import type { Schema } from "@/lib/server/http/openapi/schemas";
import { anchor, code } from "./markdown";

/** A field of a schema; `path` is dotted, `[]` stands behind a list. */
export type Field = {
  readonly path: string;
  readonly type: string;
  readonly bounds: string;
  readonly words: string;
  readonly isOptional: boolean;
};

type Named = Readonly<Record<string, Schema>>;

/** How far inlined objects are told; a named schema is told in its own place. */
const deepest = 4;
const components = "#/components/schemas/";

export function nameOf(schema: Schema): string | undefined {
  return typeof schema.$ref === "string" && schema.$ref.startsWith(components) ? schema.$ref.slice(components.length) : undefined;
}

/** The fields of an object, or of the objects that it is one of or a list of. `named` are the schemas that are told in place. */
export function fieldsOf(schema: Schema, named: Named = {}, prefix = "", depth = 0): readonly Field[] {
  const name = nameOf(schema);
  if (name !== undefined) return named[name] === undefined ? [] : fieldsOf(named[name], named, prefix, depth);
  if (depth === deepest) return [];
  const within = (inner: Schema) => fieldsOf(inner, named, prefix, depth);
  const required = (schema.required ?? []) as readonly string[];
  return merged([
    ...Object.entries((schema.properties ?? {}) as Named).flatMap(([key, inner]) => {
      const path = prefix + key;
      const own = { path, type: typeOf(inner), bounds: boundsOf(inner), words: wordsOf(inner), isOptional: !required.includes(key) };
      return [own, ...fieldsOf(inner, {}, `${path}.`, depth + 1)];
    }),
    ...waysOf(schema).flatMap(within),
    ...(schema.items ? fieldsOf(schema.items as Schema, named, `${prefix.replace(/\.$/, "")}[].`, depth) : []),
  ]);
}

/** A field that several shapes have is told once. */
function merged(fields: readonly Field[]): readonly Field[] {
  const byPath = new Map<string, Field>();
  for (const field of fields) {
    const known = byPath.get(field.path);
    const types = known === undefined || known.type.split(" or ").includes(field.type) ? known?.type : `${known.type} or ${field.type}`;
    byPath.set(field.path, known === undefined ? field : { ...known, type: types as string });
  }
  return [...byPath.values()];
}

function waysOf(schema: Schema): readonly Schema[] {
  return (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) as readonly Schema[];
}

/** A type in words, with links to named schemas. */
export function typeOf(schema: Schema): string {
  const name = nameOf(schema);
  if (name !== undefined) return `[${name}](schemas.md#${anchor(name)})`;
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum !== undefined) return (schema.enum as readonly unknown[]).map((word) => code(String(word))).join(", ");
  const ways = waysOf(schema);
  if (ways.length > 0) return [...new Set(ways.map(typeOf))].join(" or ");
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items as Schema)}`;
  if (schema.format === "date-time") return "time";
  if (schema.type === "object" && schema.additionalProperties && schema.properties === undefined) return "object with any keys";
  return typeof schema.type === "string" ? schema.type : "any JSON";
}

/** What the server keeps a value to. */
export function boundsOf(schema: Schema): string {
  const own = [
    range(schema.minimum, schema.maximum, ""),
    schema.exclusiveMinimum === undefined ? "" : `more than ${schema.exclusiveMinimum}`,
    range(schema.minLength, schema.maxLength, " characters"),
    range(schema.minItems, schema.maxItems, " items"),
    ...(schema.items ? [boundsOf(schema.items as Schema)].filter((text) => text !== "").map((text) => `each ${text}`) : []),
  ];
  const inWays = waysOf(schema).map(boundsOf);
  return [...new Set([...own, ...inWays])].filter((text) => text !== "").join(", ");
}

function range(least: unknown, most: unknown, unit: string): string {
  const figure = (value: unknown) => (value as number).toLocaleString("en");
  if (least === undefined && most === undefined) return "";
  if (most === undefined) return least === 0 && unit === "" ? "" : `at least ${figure(least)}${unit}`;
  if (least === undefined || least === 0) return `at most ${figure(most)}${unit}`;
  return `${figure(least)} to ${figure(most)}${unit}`;
}

/** Bounds, default and description together. */
export function wordsOf(schema: Schema): string {
  const fallback = schema.default;
  const said = [
    boundsOf(schema),
    fallback === undefined || typeof fallback === "object" ? "" : `default ${code(String(fallback))}`,
    typeof schema.description === "string" ? schema.description : "",
  ];
  return said.filter((text) => text !== "").join("; ");
}
