/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: unknown): value is JsonObject {
  // A number that is kept as it was written is an object of JavaScript's, not of JSON's.
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Number);
}
