/** Which types of event a reader asked for; null = all of them. */
export type TypeFilter = {
  readonly key: string;
  /** Lower case; a trailing `*` stands for anything. */
  readonly patterns: readonly string[];
  readonly matches: (names: readonly string[]) => boolean;
};

export const maxPatterns = 100;

/**
 * Reads a filter from a query: `types=a,b`, `types=a&types=b` and `types[]=a` alike, in any case. `session.*` matches at any
 * depth, `*` everything. Null when nothing was asked for.
 */
export function typeFilter(query: URLSearchParams, parameters: readonly string[] = ["types"]): TypeFilter | null {
  const words = parameters
    .flatMap((name) => [...query.getAll(name), ...query.getAll(`${name}[]`)])
    .flatMap((value) => value.split(","))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "");
  const patterns = [...new Set(words)].slice(0, maxPatterns).sort();
  if (patterns.length === 0 || patterns.includes("*")) return null;
  const exact = new Set(patterns);
  const prefixes = patterns.filter((pattern) => pattern.endsWith("*")).map((pattern) => pattern.slice(0, -1));
  const one = (name: string) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
  return { key: patterns.join(","), patterns, matches: (names) => names.some((name) => one(name.toLowerCase())) };
}
