import { z } from "zod";

type Node = {
  readonly properties?: Record<string, Node>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
};

/** The fields that this schema has at a path, in any of its alternatives. */
export function knownFields(schema: z.ZodType, place: readonly PropertyKey[]): string[] {
  const root = z.toJSONSchema(schema, { unrepresentable: "any", io: "input", reused: "inline" }) as Node;
  const nodes = place.reduce<readonly Node[]>((at, step) => at.flatMap((node) => inner(node, step)), alternatives(root));
  return [...new Set(nodes.flatMap(({ properties }) => Object.keys(properties ?? {})))];
}

function inner({ properties, items }: Node, step: PropertyKey): readonly Node[] {
  const found = typeof step === "number" ? items : Object.hasOwn(properties ?? {}, step) ? properties?.[String(step)] : undefined;
  return found === undefined ? [] : alternatives(found);
}

function alternatives(node: Node): readonly Node[] {
  return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(alternatives)];
}
