import type { Json } from "../json";
import { parseExact } from "./parse-exact";
import { ExactNumber, entriesOf } from "./values";
import { withoutEndZeros } from "./without-end-zeros";

/**
 * Whether two JSON texts mean the same, regardless of key order, blanks and number notation. Numbers are compared digit by digit, and a
 * repeated key differs from a single one. Recursive: bound the depth of untrusted text first.
 */
export function isSameJson(a: string, b: string): boolean {
  return a === b || isSame(parseExact(a), parseExact(b));
}

function isSame(a: Json, b: Json): boolean {
  if (isNumber(a) && isNumber(b)) return worthOf(String(a)) === worthOf(String(b));
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? null));
  if (!isObject(a) || !isObject(b)) return a === b;
  const [left, right] = [sorted(a), sorted(b)];
  return left.length === right.length && left.every(([key, value], index) => key === right[index]?.[0] && isSame(value, right[index][1]));
}

function isNumber(value: Json): boolean {
  return typeof value === "number" || value instanceof ExactNumber;
}

function isObject(value: Json): value is Json & object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** The sort keeps the order of repeated keys, of which programs take the last. */
function sorted(object: object) {
  return [...entriesOf(object)].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const number = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Nobody writes an exponent with more digits in two ways, and computing with one takes seconds. */
const exponentDigits = 100;

/** One text per value: 1, 1.0 and 10e-1 are the same number. */
function worthOf(literal: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = number.exec(literal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = withoutEndZeros(digits);
  if (significant === "") return "0";
  if (exponent.length > exponentDigits) return literal;
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - significant.length)}`;
}

/** One text for all equal values. */
export function sameText(value: Json): string {
  if (isNumber(value)) return worthOf(String(value));
  if (Array.isArray(value)) return `[${value.map(sameText).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  return `{${sorted(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${sameText(each)}`)
    .join(",")}}`;
}
