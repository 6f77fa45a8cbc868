import { readFileSync } from "node:fs";
import { parseSync } from "oxc-parser";
import { root } from "./root";

/** A field of a type as it is written: its name, its type, and the comment above it. */
export type Declared = { readonly name: string; readonly type: string; readonly words: string };

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };

/** The object types that a file exports, by name. */
export function declaredTypes(path: string): ReadonlyMap<string, readonly Declared[]> {
  const source = readFileSync(new URL(path, root), "utf8");
  const { program, comments } = parseSync(path, source);
  const wordsAbove = (start: number) => {
    const above = comments.find(({ end }) => end <= start && source.slice(end, start).trim() === "");
    return (
      above?.value
        .replace(/^\*/, "")
        .replace(/\s*\n\s*\*?\s*/g, " ")
        .trim() ?? ""
    );
  };
  const types = (program.body as unknown as readonly Node[]).flatMap(({ declaration }) => {
    const { type, id, typeAnnotation } = (declaration ?? {}) as { type?: string; id?: { name: string }; typeAnnotation?: Node };
    if (type !== "TSTypeAliasDeclaration" || id === undefined || typeAnnotation?.type !== "TSTypeLiteral") return [];
    const members = (typeAnnotation.members as readonly Node[]).map((member) => {
      const annotation = (member.typeAnnotation as { typeAnnotation: Node }).typeAnnotation;
      const written = source
        .slice(annotation.start, annotation.end)
        .replace(/readonly /g, "")
        .replace(/\/\*\*.*?\*\//gs, "");
      return {
        name: (member.key as { name: string }).name,
        type: written.replace(/\s+/g, " ").replace(/; }/g, " }"),
        words: wordsAbove(member.start),
      };
    });
    return [[id.name, members] as const];
  });
  return new Map(types);
}
