import type { z } from "zod";
import { DomainError } from "../errors";
import { parseJson } from "../ingest/parse-events";
import type { Call } from "./call";
import { readBody } from "./read-body";

/** A JSON body that fits the schema; an empty one counts as `{}`. Throws invalid_request with the place that does not fit. */
export async function bodyOf<S extends z.ZodType>(call: Call, schema: S): Promise<z.output<S>> {
  const text = await readBody(call);
  const read = schema.safeParse(text.trim() === "" ? {} : parseJson(text).json);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw new DomainError("invalid_request", issue?.message ?? "The body does not fit.", { path: issue?.path.join(".") });
}
