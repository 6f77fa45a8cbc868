import { z } from "zod";
import { listedValues, maxPatterns, type TypeFilter, typeFilter } from "@/lib/core/events/type-filter";
import { instantOfText } from "@/lib/core/instant-of-text";
import { DomainError } from "../errors";

export type Bounds = { readonly fallback: number; readonly min: number; readonly max: number };

/** Cursors and sequence numbers have no limit of their own. */
export const anyPlace: Bounds = { fallback: 0, min: 0, max: Number.MAX_SAFE_INTEGER };

/** A whole number from the query. Values above `max` are capped; anything that is not a number is refused. */
export function integerOf(query: URLSearchParams, name: string, bounds: Bounds): number {
  const text = query.get(name);
  if (text === null || text === "") return bounds.fallback;
  const value = Number(text);
  if (!/^\d{1,15}$/.test(text) || value < bounds.min)
    throw new DomainError("invalid_request", `"${name}" must be a whole number of at least ${bounds.min}.`, { path: `?${name}=` });
  return Math.min(value, bounds.max);
}

/** The same for the OpenAPI document. */
export function integerParameter({ fallback, min, max }: Bounds, words?: string): z.ZodType {
  const isBound = max < Number.MAX_SAFE_INTEGER;
  const said = [...(words === undefined ? [] : [words]), ...(isBound ? [`larger values are capped at ${max.toLocaleString("en")}`] : [])];
  const integer = z.int().min(min).max(max).default(fallback);
  return said.length === 0 ? integer : integer.describe(said.join("; "));
}

/** Limits on a list's page size and offset. */
export type PageBounds = { readonly limit: Bounds; readonly offset: Bounds };

export function pageBounds(limit: Omit<Bounds, "min">, mostOffset = 1_000_000_000): PageBounds {
  return { limit: { ...limit, min: 1 }, offset: { fallback: 0, min: 0, max: mostOffset } };
}

const page = pageBounds({ fallback: 50, max: 100 });

/** A page by limit (50, at most 100) and offset. */
export function pageOf(query: URLSearchParams, { limit, offset } = page): { limit: number; offset: number } {
  return { limit: integerOf(query, "limit", limit), offset: integerOf(query, "offset", offset) };
}

export function pageParameters({ limit, offset } = page) {
  return { limit: integerParameter(limit), offset: integerParameter(offset) };
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
    throw new DomainError("invalid_request", `"${name}" may list only ${words.join(", ")}.`, { path: `?${name}=` });
  return asked.length === 0 ? undefined : (asked as W[]);
}

/** The most characters in a parameter without a limit of its own. */
export const maxTextChars = 500;

/** Text of at most `max` characters that PostgreSQL can store. */
export function textOf(query: URLSearchParams, name: string, max = maxTextChars): string | undefined {
  const text = query.get(name)?.trim();
  if (!text) return undefined;
  if (text.length > max || text.includes("\u0000"))
    throw new DomainError("invalid_request", `"${name}" must have at most ${max} characters and no NUL character.`, { path: `?${name}=` });
  return text.toWellFormed();
}

/** The requested event types; throws if one contains a character that no type has, or if there are too many. */
export function typesOf(query: URLSearchParams, parameters: readonly string[] = ["types"]): TypeFilter | null {
  const odd = parameters.find((name) => listedValues(query, name).some((text) => text.includes("\u0000")));
  if (odd !== undefined)
    throw new DomainError("invalid_request", `"${odd}" contains a NUL character, which no type has.`, { path: `?${odd}=` });
  const filter = typeFilter(query, parameters);
  if (filter && filter.patterns.length > maxPatterns)
    throw new DomainError("invalid_request", `A filter takes at most ${maxPatterns} types.`, {
      ...{ path: `?${parameters[0]}=`, hint: "Use `tool.*` to match all types that begin with `tool.`." },
    });
  return filter;
}

/** A time in ISO 8601; UTC if it names no zone. */
export function instantOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  // A query string turns the + of a zone into a space.
  const ms = instantOfText(text.replace(/(:\d\d(?:[.,]\d+)?) (\d\d(?::?\d\d)?)$/, "$1+$2"));
  if (ms === undefined) throw new DomainError("invalid_request", `"${name}" must be a time in ISO 8601.`, { path: `?${name}=` });
  return ms;
}

/** The same for the OpenAPI document. */
export function instantParameter(words: string): z.ZodType {
  return z.string().optional().describe(`${words}; ISO 8601, UTC if it names no zone`);
}

export const cursorParameter = z.string().optional().describe("nextCursor of the previous page");

export function typesParameter() {
  return z.string().optional().describe(`event types, separated by commas; a trailing * matches anything; at most ${maxPatterns}`);
}
