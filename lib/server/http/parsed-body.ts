import type { z } from "zod";
import { parseExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";
import { DomainError } from "../errors";
import { parseJson } from "../ingest/parse-events";
import { knownFields } from "./known-fields";
import { requireSaidOnce } from "./said-once";
import { unknownName } from "./unknown-name";

/**
 * A JSON body that fits the schema. What stands at the `exact` paths is JSON of the caller's own and is kept as it was written.
 * Throws invalid_json and the like, and invalid_request with the place that does not fit,
 * with a field that stands twice, and, where the schema is strict as those of our own routes are, with one that it does not have.
 */
export function parsedBody<T>(schema: z.ZodType<T>, text: string, exact: readonly string[] = []): T {
  const { json } = parseJson(text);
  const result = schema.safeParse(json);
  if (result.success) {
    requireSaidOnce(text);
    return exact.length === 0 ? result.data : keepExact(result.data, text, exact);
  }
  const { issues } = result.error;
  // Before the field that is missing, for it may be what was meant.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (issue?.code === "unrecognized_keys") throw unknownField(schema, issue.path, issue.keys[0] ?? "");
  if (issue && isMissing(json, issue.path)) throw missingField(issue);
  throw new DomainError("invalid_request", issue?.message ?? "The body does not fit.", { path: issue?.path.join(".") });
}

function isMissing(json: unknown, path: readonly PropertyKey[]): boolean {
  const name = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], json);
  return typeof name === "string" && isJsonObject(holder) && !Object.hasOwn(holder, name);
}

function missingField({ path, message }: z.core.$ZodIssue): DomainError {
  const [, expected] = /expected (.+?)(?:, received undefined)?$/.exec(message) ?? [];
  return new DomainError("invalid_request", `The field "${String(path.at(-1))}" is missing.`, {
    ...{ path: path.join("."), hint: expected && `Expected: ${expected}.` },
  });
}

function unknownField(schema: z.ZodType, place: readonly PropertyKey[], name: string): DomainError {
  return unknownName("field", { name, path: [...place, name].join("."), known: knownFields(schema, place) });
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
