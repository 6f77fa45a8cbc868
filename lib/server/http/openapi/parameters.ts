import type { z } from "zod";
import { dialects } from "@/lib/core/dialect";
import { maxIdempotencyKeyChars } from "../idempotency-key";
import type { RequestHeader, Route } from "../route";
import type { Schema, Schemas } from "./schemas";

export const pathParameter = /:([a-z]+)/g;

export function templateOf({ path }: Pick<Route, "path">): string {
  return path.replace(pathParameter, "{$1}");
}

const runWords = "Watchfloor's id of the run, or the sender's";
const wordsOf: Readonly<Record<string, string>> = {
  run: runWords,
  task: `workflow_id: ${runWords}`,
  session: "the sender's id of the session",
  approval: "Watchfloor's id of the request",
  request: "Watchfloor's id of the control request",
  callid: "the call_id of the request",
  event: "the sender's id of the event, or Watchfloor's",
  member: "id",
};

const headers: Readonly<Record<RequestHeader, Schema>> = {
  "Idempotency-Key": {
    schema: { type: "string", minLength: 1, maxLength: maxIdempotencyKeyChars },
    description:
      "the same key with the same body returns the first reply again, with another body 422; NDJSON and event streams then need a Content-Length",
  },
  "Last-Event-ID": { schema: { type: "string" }, description: "the id of the last frame read; the stream resumes after it" },
};

export const headerComponents = Object.fromEntries(
  Object.entries(headers).map(([name, header]) => [name, { name, in: "header", required: false, ...header }]),
);

/** Parameters in the path, the query and the headers. */
export function parametersOf({ path, doc }: Route, { of }: Schemas): readonly Schema[] {
  return [
    ...[...path.matchAll(pathParameter)].map(([, name]) => inPath(name as string)),
    ...Object.entries(doc.query?.shape ?? {}).map(([name, schema]) => inQuery(name, schema as z.ZodType, of)),
    ...(doc.headers ?? []).map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ];
}

function inPath(name: string): Schema {
  const description = wordsOf[name];
  const schema = name === "dialect" ? { type: "string", enum: dialects } : { type: "string" };
  return { name, in: "path", required: true, ...(description === undefined ? {} : { description }), schema };
}

function inQuery(name: string, schema: z.ZodType, of: Schemas["of"]): Schema {
  const { description, ...rest } = of(schema, "input");
  const required = !schema.safeParse(undefined).success;
  return { name, in: "query", required, ...(description === undefined ? {} : { description }), schema: rest };
}
