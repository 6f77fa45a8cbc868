import type { z } from "zod";
import { DomainError } from "../errors";
import { parseJson } from "../ingest/parse-events";

/** A JSON body that fits the schema. Throws invalid_json and the like, and invalid_request with the place that does not fit. */
export function parsedBody<T>(schema: z.ZodType<T>, text: string): T {
  const result = schema.safeParse(parseJson(text).json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new DomainError("invalid_request", issue?.message ?? "The body does not fit.", { path: issue?.path.join(".") });
}
