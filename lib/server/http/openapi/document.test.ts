import { describe, expect, it } from "vitest";
import { api } from "../../routes/router";
import type { Route } from "../route";
import { statusesOf } from "./answers";
import { type OpenApi, openApi, operationIdOf } from "./document";
import { templateOf } from "./parameters";
import { tags } from "./tags";

type Parameter = { readonly name: string; readonly in: string; readonly schema: Readonly<Record<string, unknown>> };
type Answer = { readonly content?: Readonly<Record<string, { readonly schema?: object }>> };
type Operation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: { readonly required: boolean; readonly content: object };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly "x-required-scope"?: string;
};

const { routes } = api();
const document = openApi(routes, { version: "1.2.3", url: "https://watch.example.com" });
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods)) as unknown as Operation[];

function operationOf(route: Pick<Route, "method" | "path">): Operation {
  return document.paths[templateOf(route)]?.[route.method.toLowerCase()] as unknown as Operation;
}

function parameterOf(route: Pick<Route, "method" | "path">, name: string): Parameter | undefined {
  return operationOf(route).parameters.find((one): one is Parameter => "name" in one && one.name === name);
}

/** Every object in it. */
function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== "object" || value === null) return [];
  return [value as Readonly<Record<string, unknown>>, ...Object.values(value).flatMap(objectsIn)];
}

function found(reference: string): unknown {
  const keys = reference.slice(2).split("/");
  return keys.reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | undefined)?.[key], document);
}

describe("the OpenAPI document", () => {
  it("has every route exactly once, each under the scope that it asks for", () => {
    expect(operations).toHaveLength(routes.length);
    for (const route of routes) expect([route.path, operationOf(route)["x-required-scope"] ?? "open"]).toEqual([route.path, route.scope]);
  });

  it("names every operation by its method and path, and no two alike", () => {
    expect(operationIdOf({ method: "GET", path: "/api/runs/:run/events" })).toBe("getApiRunsByRunEvents");
    expect(operationIdOf({ method: "GET", path: "/api/openapi.json" })).toBe("getApiOpenapiJson");
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(routes.length);
  });

  it("gives every operation one of the tags that it lists, and lists none without an operation", () => {
    expect(new Set(operations.flatMap((one) => one.tags))).toEqual(new Set(tags.map(({ name }) => name)));
  });

  it("refers to nothing that is not there, and holds no component that nothing refers to", () => {
    const references = objectsIn(document).flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
    expect(references.filter((reference) => found(reference) === undefined)).toEqual([]);
    const kinds: (keyof OpenApi["components"])[] = ["schemas", "responses", "parameters", "headers"];
    const held = kinds.flatMap((kind) => Object.keys(document.components[kind] ?? {}).map((name) => `#/components/${kind}/${name}`));
    expect(held.filter((one) => !references.includes(one))).toEqual([]);
  });

  it("declares every parameter of a path, and none twice", () => {
    for (const route of routes) {
      const { parameters } = operationOf(route);
      const inPath = parameters.flatMap((one) => ("in" in one && one.in === "path" ? [`{${one.name}}`] : []));
      expect([route.path, inPath]).toEqual([route.path, templateOf(route).match(/\{[^}]+\}/g) ?? []]);
      expect(new Set(parameters.map((one) => JSON.stringify(one))).size).toBe(parameters.length);
    }
  });

  it("says with which status and with what each operation answers", () => {
    const withoutContent = [101, 204, 303, 307];
    for (const route of routes)
      for (const status of statusesOf(route)) {
        const answer = operationOf(route).responses[status];
        const schemas = Object.values(answer?.content ?? {}).map(({ schema }) => schema);
        expect([route.path, schemas.length > 0]).toEqual([route.path, !withoutContent.includes(status)]);
        expect([route.path, schemas.includes(undefined)]).toEqual([route.path, false]);
      }
  });

  it("says with which statuses an operation refuses, by its scope, path, headers and body", () => {
    const statuses = (method: Route["method"], path: string) => Object.keys(operationOf({ method, path }).responses).join(" ");
    expect(statuses("GET", "/api/health")).toBe("200 default");
    expect(statuses("GET", "/api/ready")).toBe("200 503 default");
    expect(statuses("GET", "/api/runs/:run")).toBe("200 401 403 404 503 default");
    expect(statuses("DELETE", "/api/keys/:key")).toBe("204 401 403 404 503 default");
    expect(statuses("POST", "/api/approvals")).toBe("200 201 400 401 403 404 408 409 413 415 422 503 default");
    expect(statuses("POST", "/api/runs/:run/pause")).toBe("200 202 400 401 403 404 408 409 413 415 422 503 default");
    expect(statuses("GET", "/api/v1/stream/ws")).toBe("101 400 401 403 426 503 default");
  });

  it("gives whole numbers their bounds, as the server keeps them", () => {
    const wait = parameterOf({ method: "GET", path: "/api/approvals/:approval" }, "wait");
    expect(wait?.schema).toEqual({ type: "integer", minimum: 0, maximum: 55, default: 0 });
    const limit = parameterOf({ method: "GET", path: "/api/runs" }, "limit");
    expect(limit).toMatchObject({
      description: "larger values are capped at 200",
      schema: { type: "integer", minimum: 1, maximum: 200, default: 50 },
    });
    for (const one of operations.flatMap(({ parameters }) => parameters))
      if ("schema" in one) expect([one.name, one.schema.type]).not.toEqual([one.name, "number"]);
  });

  it("declares the headers that some operations read", () => {
    const reading = (name: string) =>
      operations.flatMap(({ operationId, parameters }) =>
        parameters.some((one) => "$ref" in one && one.$ref === `#/components/parameters/${name}`) ? [operationId] : [],
      );
    expect(reading("Idempotency-Key")).toEqual(expect.arrayContaining(["postApiIngestByDialect", "postApiApprovalsByApprovalDecision"]));
    expect(reading("Last-Event-ID")).toEqual(expect.arrayContaining(["getApiRunsByRunStream", "getApiStream", "getV1EventsSubscribe"]));
  });

  it("says where a key may stand in the address: of streams, and of one door", () => {
    const taking = routes.filter((route) => operationOf(route).security.some((way) => "tokenInAddress" in way));
    expect(taking).toEqual(routes.filter(({ keyInQuery }) => keyInQuery));
    expect(taking.filter(({ method }) => method !== "GET").map(({ path }) => path)).toEqual(["/api/ingest/:dialect"]);
  });

  it("says in what forms events are taken and runs are given", () => {
    const forms = ["application/json", "application/x-ndjson", "text/event-stream"];
    for (const path of ["/api/ingest", "/api/ingest/:dialect", "/events"])
      expect(operationOf({ method: "POST", path }).requestBody).toMatchObject({
        required: true,
        content: Object.fromEntries(forms.map((form) => [form, {}])),
      });
    const exported = operationOf({ method: "GET", path: "/api/runs/export" }).responses["200"]?.content;
    expect(Object.keys(exported ?? {})).toEqual(["text/csv", "application/json"]);
  });

  it("writes what is said in many places once", () => {
    expect(
      operationOf({ method: "GET", path: "/api/approvals/:approval" }).responses["200"]?.content?.["application/json"]?.schema,
    ).toEqual({
      $ref: "#/components/schemas/Approval",
    });
    expect(JSON.stringify(document).length).toBeLessThan(320_000);
  });

  it("leads to the address that people open, and to wherever the document was read", () => {
    expect(document.servers.map(({ url }) => url)).toEqual(["https://watch.example.com", "/"]);
    expect(openApi([], { version: "1.2.3" }).servers.map(({ url }) => url)).toEqual(["/"]);
  });
});
