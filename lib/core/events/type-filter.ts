/** The event types a reader asked for; null = all. */
export type TypeFilter = {
  readonly key: string;
  /** Lower case; a trailing `*` stands for anything. */
  readonly patterns: readonly string[];
  readonly matches: (names: readonly string[]) => boolean;
};

/** More are rejected. */
export const maxPatterns = 100;

/** A parameter's name without the brackets that clients append for lists: `types[]`, or `types[0]` with its index. */
export function listName(parameter: string): string {
  return parameter.replace(/\[\d{0,4}\]$/, "");
}

/** Every value of a list in a query: `types=a&types=b`, `types[]=a&types[]=b` and `types[0]=a&types[1]=b` alike. */
export function listedValues(query: URLSearchParams, name: string): string[] {
  return [...query].filter(([parameter]) => listName(parameter) === name).map(([, value]) => value);
}

/**
 * Reads a filter from a query: the values of a list, each optionally comma-separated, in any case. `session.*` matches at any depth, `*`
 * everything. Null if nothing was asked for.
 */
export function typeFilter(query: URLSearchParams, parameters: readonly string[] = ["types"]): TypeFilter | null {
  const words = parameters
    .flatMap((name) => listedValues(query, name))
    .flatMap((value) => value.split(","))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== "");
  const patterns = [...new Set(words)].sort();
  if (patterns.length === 0 || patterns.includes("*")) return null;
  const exact = new Set(patterns);
  const prefixes = patterns.filter((pattern) => pattern.endsWith("*")).map((pattern) => pattern.slice(0, -1));
  const one = (name: string) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix));
  return { key: patterns.join(","), patterns, matches: (names) => names.some((name) => one(name.toLowerCase())) };
}
