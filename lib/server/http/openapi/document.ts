import { z } from "zod";
import { type ErrorCode, refusals } from "../../errors";
import { sessionCookie } from "../../session/session-principal";
import type { Route } from "../route";
import { answerComponents, answersOf } from "./answers";
import { headerComponents, parametersOf, templateOf } from "./parameters";
import { type Schema, type Schemas, schemasOf, type Use } from "./schemas";
import { tagOf, tags } from "./tags";

export type OpenApi = {
  readonly openapi: string;
  readonly info: Schema;
  readonly servers: readonly Schema[];
  readonly tags: readonly Schema[];
  readonly components: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Schema>>>>;
};

export type About = { readonly version: string; readonly url?: string };

const ErrorReply = z.object({
  error: z.object({
    code: z.enum(Object.keys(refusals) as [ErrorCode]),
    message: z.string().describe("for people"),
    requestId: z.string().describe("also in the server's log; the caller's X-Request-Id if it sent one"),
    path: z.string().optional().describe("the field or ?parameter= that is not valid"),
    hint: z.string().optional().describe("how to fix it"),
  }),
});

/** The OpenAPI 3.1 document of these routes, from the same schemas that parse their requests and describe their responses. */
export function openApi(routes: readonly Route[], { version, url }: About): OpenApi {
  const schemas = schemasOf([...routes.flatMap(usesOf), { schema: ErrorReply, io: "output" }]);
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const path = templateOf(route);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Watchfloor", version, description: "One interface for agents, their systems' own clients, and people." },
    servers: [...(url === undefined ? [] : [{ url }]), { url: "/", description: "the server that this document came from" }],
    tags: tags.map(({ name, description }) => ({ name, description })),
    components: {
      securitySchemes,
      schemas: { Error: schemas.of(ErrorReply, "output"), ...schemas.named },
      parameters: headerComponents,
      ...answerComponents,
    },
    paths,
  };
}

/** `getApiRunsByRunEvents`: the method and the path, nothing that would change with a summary's wording. */
export function operationIdOf({ method, path }: Pick<Route, "method" | "path">): string {
  const words = path.split(/[/.-]/).map((word) => (word.startsWith(":") ? `By${capital(word.slice(1))}` : capital(word)));
  return method.toLowerCase() + words.join("");
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function usesOf({ doc }: Route): readonly Use[] {
  return [
    ...Object.values(doc.query?.shape ?? {}).map((schema) => ({ schema: schema as z.ZodType, io: "input" as const })),
    ...(doc.body ? [{ schema: doc.body, io: "input" as const }] : []),
    ...(doc.reply ? [{ schema: doc.reply, io: "output" as const }] : []),
  ];
}

function operation(route: Route, schemas: Schemas): Schema {
  const { doc, scope } = route;
  return {
    operationId: operationIdOf(route),
    tags: [tagOf(route)],
    summary: doc.summary,
    ...(scope === "open" ? { description: "Needs no key." } : { description: `Needs the scope \`${scope}\`.`, "x-required-scope": scope }),
    security: securityOf(route),
    parameters: parametersOf(route, schemas),
    ...(doc.body ? { requestBody: bodyOf(doc.body, doc.bodyTypes, schemas) } : {}),
    responses: answersOf(route, schemas),
  };
}

const securitySchemes = {
  bearer: { type: "http", scheme: "bearer", description: "An API key" },
  apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
  session: { type: "apiKey", in: "cookie", name: sessionCookie, description: "A browser that signed in with a link" },
  keyInAddress: { type: "apiKey", in: "query", name: "api_key", description: "For clients that cannot set headers" },
  tokenInAddress: { type: "apiKey", in: "query", name: "token", description: "Another name for api_key" },
};

function securityOf({ scope, keyInQuery, webSocket }: Route): readonly Schema[] {
  if (scope === "open") return [];
  const ways: (keyof typeof securitySchemes)[] = [
    ...(["bearer", "apiKey"] as const),
    ...(webSocket ? [] : (["session"] as const)),
    ...(keyInQuery ? (["keyInAddress", "tokenInAddress"] as const) : []),
  ];
  return ways.map((way) => ({ [way]: [scope] }));
}

/** A body may be omitted if all its fields may be, except for events. */
function bodyOf(body: z.ZodType, types: readonly string[] | undefined, { of }: Schemas): Schema {
  const content = (types ?? ["application/json"]).map((type) => [
    type,
    { schema: type === "application/json" ? of(body, "input") : { type: "string" } },
  ]);
  return { required: types !== undefined || !body.safeParse({}).success, content: Object.fromEntries(content) };
}
