import type { z } from "zod";
import { parseExact } from "@/lib/core/exact-json";
import { isJsonObject } from "@/lib/core/json";
import { DomainError } from "../errors";
import { parseJson } from "../ingest/parse-events";

/**
 * A JSON body that fits the schema. What stands at the `exact` paths is JSON of the caller's own and is kept as it was written.
 * Throws invalid_json and the like, and invalid_request with the place that does not fit.
 */
export function parsedBody<T>(schema: z.ZodType<T>, text: string, exact: readonly string[] = []): T {
  const result = schema.safeParse(parseJson(text).json);
  if (result.success) return exact.length === 0 ? result.data : keepExact(result.data, text, exact);
  const issue = result.error.issues[0];
  throw new DomainError("invalid_request", issue?.message ?? "The body does not fit.", { path: issue?.path.join(".") });
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
