import type { z } from "zod";
import { parseExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";
import { DomainError } from "../errors";
import { parseJson } from "../ingest/parse-events";
import { expectedOf, faultWords, placeOf } from "./fault-words";
import { knownFields } from "./known-fields";
import { requireSaidOnce } from "./said-once";
import { unknownName } from "./unknown-name";

/**
 * A JSON body that fits the schema. Values at the `exact` paths are the caller's own JSON and are kept as written. Throws the errors of
 * parsing, and invalid_request with the path of a value that does not fit, a duplicate field, or, if the schema is strict like those of our
 * own routes, an unknown field.
 */
export function parsedBody<T>(schema: z.ZodType<T>, text: string, exact: readonly string[] = []): T {
  const parsed = fitted(schema, parseJson(text).json);
  requireSaidOnce(text);
  return exact.length === 0 ? parsed : keepExact(parsed, text, exact);
}

/** Validates against the schema. Throws invalid_request with the path of the value that does not fit, or of a missing or unknown field. */
export function fitted<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json, { error: faultWords });
  if (result.success) return result.data;
  const { issues } = result.error;
  // Before the missing field, because it may be a misspelling of it.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (issue?.code === "unrecognized_keys") throw unknownField(schema, issue.path, issue.keys[0] ?? "");
  if (issue && isMissing(json, issue.path)) throw missingField(issue);
  throw new DomainError("invalid_request", issue?.message ?? "The body is not valid.", { path: placeOf(issue?.path ?? []) });
}

function isMissing(json: unknown, path: readonly PropertyKey[]): boolean {
  const name = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], json);
  return typeof name === "string" && isJsonObject(holder) && !Object.hasOwn(holder, name);
}

function missingField(issue: z.core.$ZodIssue): DomainError {
  const expected = expectedOf(issue);
  return new DomainError("invalid_request", `The field "${String(issue.path.at(-1))}" is missing.`, {
    ...{ path: placeOf(issue.path), hint: expected && `It must ${expected}.` },
  });
}

function unknownField(schema: z.ZodType, place: readonly PropertyKey[], name: string): DomainError {
  return unknownName("field", { name, path: placeOf([...place, name]), known: knownFields(schema, place) });
}

function keepExact<T>(parsed: T, text: string, paths: readonly string[]): T {
  const written = parseExact(text);
  for (const path of paths) {
    const keys = path.split(".");
    const last = keys.pop() as string;
    const within = (holder: unknown) => keys.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), holder);
    const [from, to] = [within(written), within(parsed)];
    if (isJsonObject(from) && isJsonObject(to) && from[last] !== undefined) Object.assign(to, { [last]: from[last] });
  }
  return parsed;
}
