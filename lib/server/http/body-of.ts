import type { z } from "zod";
import type { Call } from "./call";
import { parsedBody } from "./parsed-body";
import { readBody } from "./read-body";

/** A JSON body that fits the schema; an empty one counts as `{}`. Throws invalid_request with the path that does not fit. */
export async function bodyOf<T>(call: Call, schema: z.ZodType<T>): Promise<T> {
  const text = await readBody(call);
  return parsedBody(schema, text.trim() === "" ? "{}" : text);
}
