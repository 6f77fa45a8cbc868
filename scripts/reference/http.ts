import { refusals } from "@/lib/server/errors";
import { refusalsOf, statusesOf } from "@/lib/server/http/openapi/answers";
import { type OpenApi, operationIdOf } from "@/lib/server/http/openapi/document";
import { templateOf } from "@/lib/server/http/openapi/parameters";
import type { Schema } from "@/lib/server/http/openapi/schemas";
import { tagOf, tags } from "@/lib/server/http/openapi/tags";
import type { Route } from "@/lib/server/http/route";
import { type Field, fieldsOf, nameOf, typeOf, wordsOf } from "./fields";
import { anchor, code, parts, table } from "./markdown";

type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
};
type Content = Readonly<Record<string, { readonly schema: Schema }>>;

/** Every operation, by what it is about. What several addresses answer alike is told once. */
export function httpPage(routes: readonly Route[], document: OpenApi): string {
  const listed = tags.map(
    ({ name, description }) => `- [${name}](#${anchor(name)}): ${description.charAt(0).toLowerCase()}${description.slice(1)}`,
  );
  const sections = tags.map(({ name }) => {
    const own = routes.filter((route) => tagOf(route) === name);
    return parts(`## ${name}`, ...alike(own, document).map((group) => operationText(group, document)));
  });
  return parts(
    "# HTTP interface",
    "Every operation, with the scope that its key needs. The machine-readable version is `GET /api/openapi.json` (OpenAPI 3.1). Named types are in [schemas](schemas.md), error codes in [errors](errors.md).",
    "Send the key in `X-API-Key` or `Authorization: Bearer`. Clients that cannot set headers may send it in the address, as `?api_key=` or `?token=`, where an operation says so. Bodies are JSON in UTF-8, may be compressed (`gzip`, `deflate`, `br`), and have [limits](limits.md). A reply of more than 4 kB is compressed with gzip if the client accepts it; a stream never is.",
    listed.join("\n"),
    ...sections,
  );
}

export function operationOf(route: Route, { paths }: OpenApi): Schema {
  return paths[templateOf(route)]?.[route.method.toLowerCase()] as Schema;
}

/** Routes that differ in nothing but where they are. */
export function alike(routes: readonly Route[], document: OpenApi): readonly (readonly [Route, ...Route[]])[] {
  const groups = new Map<string, [Route, ...Route[]]>();
  for (const route of routes) {
    const { operationId: _, ...operation } = operationOf(route, document);
    const same = JSON.stringify([route.method, operation]);
    const known = groups.get(same);
    if (known) known.push(route);
    else groups.set(same, [route]);
  }
  return [...groups.values()];
}

function operationText([route, ...others]: readonly [Route, ...Route[]], document: OpenApi): string {
  const operation = operationOf(route, document);
  const scope = route.scope === "open" ? "No key" : `Scope ${code(route.scope)}`;
  const inAddress = route.keyInQuery ? ", key also accepted in the address" : "";
  const also = others.map((other) => code(templateOf(other))).join(", ");
  return parts(
    `### ${code(`${route.method} ${templateOf(route)}`)}`,
    `${route.doc.summary}. ${scope}${inAddress}. ${code(operationIdOf(route))}${also === "" ? "" : `\\\nAlso at ${also}.`}`,
    parametersText(operation, document),
    bodyText(operation, document),
    answersText(route, operation),
  );
}

function parametersText({ parameters }: Schema, { components }: OpenApi): string {
  const shared = components.parameters as Readonly<Record<string, Schema>>;
  const rows = (parameters as readonly Schema[]).map((one) => {
    const parameter = typeof one.$ref === "string" ? shared[one.$ref.split("/").at(-1) as string] : one;
    const { name, in: place, required, description, schema } = parameter as unknown as Parameter;
    const words = wordsOf({ ...schema, ...(description === undefined ? {} : { description }) });
    const said = required && place !== "path" ? ["required", words].filter((text) => text !== "").join("; ") : words;
    return [code(name), place, typeOf(schema), said];
  });
  return table(["parameter", "in", "type", ""], rows);
}

function bodyText({ requestBody }: Schema, { components }: OpenApi): string {
  if (requestBody === undefined) return "";
  const { content, required } = requestBody as { readonly content: Content; readonly required: boolean };
  const schema = content["application/json"]?.schema as Schema;
  const types = Object.keys(content);
  const form = types.length > 1 ? ` (${types.map(code).join(", ")})` : "";
  const words = wordsOf(schema);
  const said = `Body${form}: ${typeOf(schema)}${required ? "" : ", optional"}${words === "" ? "" : `; ${words}`}`;
  return parts(said, fieldsText(fieldsOf(schema, components.schemas)));
}

function answersText(route: Route, operation: Schema): string {
  const answers = operation.responses as Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
  const done = statusesOf(route).map((status) => `**${status}** ${answers[status]?.description ?? ""}`);
  const content = answers[statusesOf(route)[0] as number]?.content ?? {};
  const types = Object.entries(content).map(([type, { schema }]) => {
    const words = type === "application/json" ? typeOf(schema) : code(type);
    return typeof schema.description === "string" && type === "application/json" ? `${words} (${schema.description})` : words;
  });
  const reply = content["application/json"]?.schema;
  const codes = refusalsOf(route);
  const statuses = [...new Set(codes.map((one) => refusals[one].status))].sort((a, b) => a - b);
  const refused = statuses.map(
    (status) =>
      `${status} ${codes
        .filter((one) => refusals[one].status === status)
        .map(code)
        .join(", ")}`,
  );
  return parts(
    `Replies ${done.join("; ")}${types.length === 0 ? "" : `: ${types.join(", or ")}`}.`,
    reply === undefined || nameOf(reply) !== undefined ? "" : fieldsText(fieldsOf(reply)),
    refused.length === 0 ? "" : `Errors: ${refused.join("; ")}.`,
  );
}

export function fieldsText(fields: readonly Field[]): string {
  return table(
    ["field", "type", ""],
    fields.map(({ path, type, words, isOptional }) => [`${code(path)}${isOptional ? "?" : ""}`, type, words]),
  );
}

/** The named schemas. */
export function schemasPage({ components }: OpenApi): string {
  const sections = Object.entries(components.schemas ?? {}).map(([name, schema]) => {
    const fields = fieldsText(fieldsOf(schema));
    const words = typeof schema.description === "string" ? schema.description : "";
    return parts(`## ${name}`, fields === "" ? [typeOf(schema), wordsOf(schema)].filter((text) => text !== "").join("; ") : words, fields);
  });
  return parts("# Schemas", "The bodies and replies of the [HTTP interface](http.md). A field marked with `?` may be absent.", ...sections);
}
