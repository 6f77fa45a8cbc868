/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  // An ExactNumber is a JavaScript object, not a JSON one.
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Number);
}
