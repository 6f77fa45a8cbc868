import { expect, it } from "vitest";
import { z } from "zod";
import { ownRoutes } from "./router";

type Node = { readonly properties?: object; readonly additionalProperties?: unknown };

/** Places of a JSON schema whose objects take fields that they do not name. */
function openPlaces(node: unknown, place: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { properties, additionalProperties } = node as Node;
  const own = properties !== undefined && additionalProperties !== false ? [place] : [];
  return [...own, ...Object.entries(node).flatMap(([key, inner]) => openPlaces(inner, `${place}.${key}`))];
}

it("no route of ours takes a field that it does not know: a slip is told, and not left out silently", () => {
  const withBody = ownRoutes.filter(({ doc }) => doc.body !== undefined);
  expect(withBody.length).toBeGreaterThan(20);
  const open = withBody.flatMap(({ method, path, doc }) =>
    openPlaces(z.toJSONSchema(doc.body as z.ZodType, { io: "input", unrepresentable: "any" }), `${method} ${path}`),
  );
  expect(open).toEqual([]);
});
