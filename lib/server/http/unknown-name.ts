import { meantWord } from "@/lib/core/format/meant-word";
import { DomainError } from "../errors";

const mostNamed = 40;

/** Refuses a field or parameter that nothing reads, and suggests the one probably meant or lists those that exist. */
export function unknownName(what: "field" | "parameter", { name, path, known }: UnknownName): DomainError {
  const meant = meantWord(name, known);
  const all = known.length === 0 ? `It takes no ${what}s.` : `Known: ${known.slice(0, mostNamed).join(", ")}.`;
  return new DomainError("invalid_request", `Unknown ${what} "${name.slice(0, 100)}".`, {
    path,
    hint: meant === undefined ? all : `Did you mean "${meant}"? ${all}`,
  });
}

type UnknownName = { readonly name: string; readonly path: string; readonly known: readonly string[] };
