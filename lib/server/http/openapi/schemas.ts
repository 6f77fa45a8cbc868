import { z } from "zod";
import { SchemaNames } from "./schema-names";

export type Schema = { readonly [key: string]: unknown };

/** `input`: what may be sent; `output`: what is returned, where fields with a default are always present. */
export type Direction = "input" | "output";
export type Use = { readonly schema: z.ZodType; readonly io: Direction };

export type Schemas = {
  /** A schema as JSON Schema, with references to the named schemas in it. */
  readonly of: (schema: z.ZodType, io: Direction) => Schema;
  /** The named schemas in use, by name. */
  readonly named: Readonly<Record<string, Schema>>;
};

const local = "#/$defs/";
const components = "#/components/schemas/";

/** A document's schemas: each named one appears once, or twice if its input and output differ. */
export function schemasOf(uses: readonly Use[]): Schemas {
  const convert = converter();
  const defs = { input: new Map<string, Schema>(), output: new Map<string, Schema>() };
  for (const { schema, io } of uses) for (const [name, def] of convert(schema, io).defs) defs[io].set(name, def);
  const split = twoFaced(defs);
  const nameOf = (name: string, io: Direction) => (io === "input" && split.has(name) ? `${name}Input` : name);
  const refer = (schema: Schema, io: Direction) => withReferences(schema, (name) => components + nameOf(name, io)) as Schema;
  const all = (["input", "output"] as const).flatMap((io) =>
    [...defs[io]].map(([name, def]) => [nameOf(name, io), refer(def, io)] as const),
  );
  return {
    of: (schema, io) => refer(convert(schema, io).root, io),
    named: Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

type Converted = { readonly root: Schema; readonly defs: readonly [string, Schema][] };

/** Most schemas are needed more than once: by routes at several addresses, and first for their names. */
function converter(): (schema: z.ZodType, io: Direction) => Converted {
  const metadata = new SchemaNames();
  const known = { input: new Map<z.ZodType, Converted>(), output: new Map<z.ZodType, Converted>() };
  return (schema, io) => {
    const made = known[io].get(schema) ?? converted(schema, io, metadata);
    known[io].set(schema, made);
    return made;
  };
}

function converted(schema: z.ZodType, io: Direction, metadata: SchemaNames): Converted {
  // Inside an array, even the outermost schema is referenced by its name.
  const { items, $defs = {} } = z.toJSONSchema(z.array(schema), {
    metadata,
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => mend(zodSchema, jsonSchema, io),
  });
  return { root: items as Schema, defs: Object.entries($defs).map(([name, { id: _, ...def }]) => [name, def as Schema]) };
}

/** Removes what is true but useless, and what would forbid us to return additional fields later. */
function mend({ _zod: { def } }: z.core.$ZodTypes, made: z.core.JSONSchema.BaseSchema, io: Direction): void {
  if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum;
  if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum;
  if (io === "input") return;
  if (made.format !== undefined) delete made.pattern;
  if (def.type === "object" && def.catchall === undefined) delete made.additionalProperties;
}

/** Names of schemas whose input and output differ, even if only through what they reference. */
function twoFaced({ input, output }: Readonly<Record<Direction, ReadonlyMap<string, Schema>>>): ReadonlySet<string> {
  const both = [...input].flatMap(([name, sent]) => {
    const answered = output.get(name);
    return answered === undefined ? [] : [{ name, texts: [JSON.stringify(sent), JSON.stringify(answered)] }];
  });
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { name, texts } of both)
      if (texts[0] !== texts[1] || [...found].some((other) => texts[0]?.includes(`"${local}${other}"`))) found.add(name);
  }
  return found;
}

function withReferences(value: unknown, to: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, to));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === "$ref" && typeof inner === "string" && inner.startsWith(local)
        ? [key, to(inner.slice(local.length))]
        : [key, withReferences(inner, to)],
    ),
  );
}
