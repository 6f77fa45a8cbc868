import { z } from "zod";
import type { Route } from "./route";

type Schema = Record<string, unknown>;

/** The OpenAPI 3.1 document of these routes, from the same schemas that their replies are made of. */
export function openApi(routes: readonly Route[], version: string): Schema {
  const paths: Record<string, Schema> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([a-z]+)/gi, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Watchfloor", version },
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
        keyInAddress: { type: "apiKey", in: "query", name: "api_key" },
      },
      schemas: { Error: errorSchema },
    },
    paths,
  };
}

const errorSchema = jsonSchema(
  z.object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      requestId: z.string(),
      path: z.string().optional(),
      hint: z.string().optional(),
    }),
  }),
);

function operation(route: Route): Schema {
  const { doc } = route;
  const parameters = [
    ...[...route.path.matchAll(/:([a-z]+)/gi)].map((match) => ({ name: match[1], in: "path", required: true, schema: { type: "string" } })),
    ...Object.entries(doc.query?.shape ?? {}).map(([name, schema]) => ({
      name,
      in: "query",
      required: !(schema as z.ZodType).safeParse(undefined).success,
      schema: jsonSchema(schema as z.ZodType),
    })),
  ];
  const reply = doc.reply
    ? { content: { "application/json": { schema: jsonSchema(doc.reply) } } }
    : doc.contentType
      ? { content: { [doc.contentType]: {} } }
      : {};
  return {
    summary: doc.summary,
    ...(route.scope === "open" ? {} : { security: securityOf(route), "x-scope": route.scope }),
    parameters,
    ...(doc.body ? { requestBody: { content: contentOf(doc.bodyTypes ?? ["application/json"], jsonSchema(doc.body)) } } : {}),
    responses: {
      ...(route.webSocket ? { "101": { description: "A WebSocket of text messages" } } : { "2XX": { description: "Done", ...reply } }),
      default: { description: "Refused", content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
    },
  };
}

function securityOf({ keyInQuery }: Route): Schema[] {
  return [{ bearer: [] }, { apiKey: [] }, ...(keyInQuery ? [{ keyInAddress: [] }] : [])];
}

/** Of a body that is no JSON as a whole, the schema would be that of each of its parts: it is named without one. */
function contentOf(types: readonly string[], schema: Schema): Schema {
  return Object.fromEntries(types.map((type) => [type, type === "application/json" ? { schema } : {}]));
}

function jsonSchema(schema: z.ZodType): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as Schema;
  return rest;
}
