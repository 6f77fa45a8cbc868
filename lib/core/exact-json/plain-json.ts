import { isJsonObject, type Json } from "../json";
import { ExactNumber } from "./values";

/** The same value as JSON.parse would return: nearest doubles, last value of a repeated key. */
export function plainJson(value: Json): Json {
  if (value instanceof ExactNumber) return value.valueOf();
  if (Array.isArray(value)) return value.map(plainJson);
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainJson(item)])) : value;
}
