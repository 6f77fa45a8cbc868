import type { z } from "zod";

const kinds: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const formats: Readonly<Record<string, string>> = {
  uuid: "a UUID",
  datetime: "a time such as 2026-04-02T10:00:00Z",
  url: "an address such as https://example.com/",
  email: "an e-mail address",
};

const longestPlace = 200;

/** A path in a body. Its names may be the caller's own, and as long as the body. */
export function placeOf(path: readonly PropertyKey[]): string {
  return path.join(".").slice(0, longestPlace);
}

/** What an invalid value had to be, as the end of "It must ...": "be a string". undefined = use the schema's own message. */
export function expectedOf(fault: z.core.$ZodRawIssue | z.core.$ZodIssue): string | undefined {
  switch (fault.code) {
    case "invalid_type":
      return `be ${kinds[fault.expected] ?? fault.expected}`;
    case "invalid_value":
      return `be ${oneOf(fault.values)}`;
    case "invalid_union":
      return "options" in fault && Array.isArray(fault.options) ? `be ${oneOf(fault.options)}` : undefined;
    case "invalid_format":
      return formats[fault.format] && `be ${formats[fault.format]}`;
    case "too_small":
      return sizeWords(fault.origin, Number(fault.minimum), fault.inclusive ? "at least" : "more than");
    case "too_big":
      return sizeWords(fault.origin, Number(fault.maximum), fault.inclusive ? "at most" : "less than");
  }
}

/** The same as a sentence about its path in the body, with what was there if it has another type. */
export function faultWords(fault: z.core.$ZodRawIssue): string | undefined {
  const expected = expectedOf(fault);
  if (expected === undefined) return undefined;
  const place = fault.path?.length ? `"${placeOf(fault.path)}"` : "The body";
  const found = fault.code === "invalid_type" && !(fault.expected === "int" && typeof fault.input === "number");
  return `${place} must ${expected}${found ? `, not ${kindOf(fault.input)}` : ""}.`;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  return words.length === 1 ? `${words[0]}` : `one of ${words.join(", ")}`;
}

function sizeWords(origin: string, size: number, bound: string): string {
  const figure = size.toLocaleString("en");
  if (origin === "string") return `have ${bound} ${figure} ${size === 1 ? "character" : "characters"}`;
  if (origin === "array") return `have ${bound} ${figure} ${size === 1 ? "entry" : "entries"}`;
  return `be ${bound} ${figure}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return kinds[typeof value] ?? typeof value;
}
