import { instantOfText } from "@/lib/core/instant-of-text";
import { DomainError } from "../errors";

/** A whole number from the query. Beyond `max` it is cut down to it; what is no number at all is refused. */
export function integerOf(query: URLSearchParams, name: string, bounds: { fallback: number; min: number; max: number }): number {
  const text = query.get(name);
  if (text === null || text === "") return bounds.fallback;
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < bounds.min)
    throw new DomainError("invalid_request", `"${name}" must be a whole number of at least ${bounds.min}.`, { path: `?${name}=` });
  return Math.min(value, bounds.max);
}

/** A page by limit (50, at most 100) and offset. */
export function pageOf(query: URLSearchParams): { limit: number; offset: number } {
  return {
    limit: integerOf(query, "limit", { fallback: 50, min: 1, max: 100 }),
    offset: integerOf(query, "offset", { fallback: 0, min: 0, max: 1_000_000_000 }),
  };
}

/** One of a list of words from the query. */
export function wordOf<W extends string>(query: URLSearchParams, name: string, words: readonly W[]): W | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  const found = words.find((word) => word === text);
  if (!found) throw new DomainError("invalid_request", `"${name}" must be one of ${words.join(", ")}.`, { path: `?${name}=` });
  return found;
}

/** Several of a list of words, separated by commas. */
export function wordsOf<W extends string>(query: URLSearchParams, name: string, words: readonly W[]): W[] | undefined {
  const asked = query
    .getAll(name)
    .flatMap((text) => text.split(","))
    .filter((text) => text !== "");
  const unknown = asked.find((text) => !words.includes(text as W));
  if (unknown !== undefined)
    throw new DomainError("invalid_request", `"${name}" must be made of ${words.join(", ")}.`, { path: `?${name}=` });
  return asked.length === 0 ? undefined : (asked as W[]);
}

/** Text of at most `max` characters that PostgreSQL can hold. */
export function textOf(query: URLSearchParams, name: string, max = 500): string | undefined {
  const text = query.get(name)?.trim();
  if (!text) return undefined;
  if (text.length > max || text.includes("\u0000"))
    throw new DomainError("invalid_request", `"${name}" must have at most ${max} characters and no NUL.`, { path: `?${name}=` });
  return text.toWellFormed();
}

/** An instant in ISO 8601; without a zone it is UTC. */
export function instantOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  // A query string turns the + of a zone into a space.
  const ms = instantOfText(text.replace(/(:\d\d(?:\.\d+)?) (\d\d:?\d\d)$/, "$1+$2"));
  if (ms === undefined) throw new DomainError("invalid_request", `"${name}" must be a time in ISO 8601.`, { path: `?${name}=` });
  return ms;
}
