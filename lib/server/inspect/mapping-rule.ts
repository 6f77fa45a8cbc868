import type { MappingRule } from "@/lib/core/api/inspect";
import type { Dialect } from "@/lib/core/dialect";
import { catalogues } from "@/lib/dialects/registry";

type Index = ReadonlyMap<string, MappingRule>;

const indexes = new Map<Dialect, Index>();

/** The catalogue's entry for a type as written, or else in lower or upper case. Undefined for an unlisted type. */
export function mappingRule(dialect: Dialect, type: string): MappingRule | undefined {
  const index = indexOf(dialect);
  return index.get(type) ?? index.get(type.toLowerCase()) ?? index.get(type.toUpperCase());
}

function indexOf(dialect: Dialect): Index {
  const known = indexes.get(dialect);
  if (known) return known;
  const index = new Map<string, MappingRule>();
  // If a type has two entries, the first in the catalogue's order wins.
  for (const entry of catalogues[dialect]) if (!index.has(entry.type)) index.set(entry.type, entry);
  indexes.set(dialect, index);
  return index;
}
