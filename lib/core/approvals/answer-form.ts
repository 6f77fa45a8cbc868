import { parseExact } from "../exact-json";
import { isJsonObject } from "../json";

type FieldKind = "text" | "number" | "integer" | "yes-no" | "choice";

/** One field of an answer, as a person fills it in. */
export type AnswerField = {
  /** Its name in the answer; null if the answer is this value alone. */
  readonly name: string | null;
  readonly label: string;
  readonly hint: string | null;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** The choices, as values of the answer. */
  readonly options: readonly (string | number | boolean)[];
  readonly maxLength: number | null;
  /** The initial text. */
  readonly initial: string;
};

/** What was entered in each field, in field order. A choice is its option's index; a yes/no is `true` or `false`. */
export type Written = readonly string[];

export type Filled = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problems: readonly (string | null)[] };

const shown = new Set(["type", "title", "description", "properties", "required", "additionalProperties", "default", "$schema", "$id"]);
const mostFields = 30;

/** The form for a schema; null if a form cannot express everything that the schema allows, so JSON must be written instead. */
export function answerFields(schema: unknown): readonly AnswerField[] | null {
  if (!isJsonObject(schema)) return null;
  if (schema.type !== "object") {
    const only = fieldOf(null, schema, true);
    return only && [only];
  }
  if (!isJsonObject(schema.properties) || Object.keys(schema).some((word) => !shown.has(word))) return null;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const entries = Object.entries(schema.properties);
  const fields = entries.map(([name, each]) => fieldOf(name, each, required.includes(name)));
  if (fields.length === 0 || fields.length > mostFields || required.some((name) => !entries.some(([each]) => each === name))) return null;
  return fields.every((field) => field !== null) ? fields : null;
}

function fieldOf(name: string | null, schema: unknown, required: boolean): AnswerField | null {
  if (!isJsonObject(schema)) return null;
  const options = Array.isArray(schema.enum) ? schema.enum.filter(isOption) : [];
  const kind = Array.isArray(schema.enum) ? "choice" : kinds[schema.type as keyof typeof kinds];
  if (kind === undefined || (Array.isArray(schema.enum) && (options.length === 0 || options.length < schema.enum.length))) return null;
  const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.slice(0, 400) : null);
  return {
    name,
    label: text(schema.title) ?? name ?? "Your answer",
    hint: text(schema.description),
    kind,
    required,
    options,
    maxLength: typeof schema.maxLength === "number" ? schema.maxLength : null,
    initial: initialOf(kind, schema.default, options),
  };
}

const kinds = { string: "text", number: "number", integer: "integer", boolean: "yes-no" } as const;

function isOption(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function initialOf(kind: FieldKind, value: unknown, options: readonly unknown[]): string {
  if (kind === "choice") return options.includes(value) ? String(options.indexOf(value)) : "";
  if (kind === "text") return typeof value === "string" ? value : "";
  return typeof value === (kind === "yes-no" ? "boolean" : "number") ? String(value) : "";
}

/** The answer that the fields add up to, digit for digit as entered; or what is missing or wrong, by field. */
export function filledAnswer(fields: readonly AnswerField[], written: Written): Filled {
  const problems = fields.map((field, at) => problemOf(field, written[at] ?? ""));
  if (problems.some((problem) => problem !== null)) return { ok: false, problems };
  const values = fields.flatMap((field, at) => {
    const text = written[at] ?? "";
    return text === "" ? [] : [[field.name, answerOf(field, text)] as const];
  });
  if (fields[0]?.name === null) return { ok: true, value: values[0]?.[1] };
  return { ok: true, value: Object.fromEntries(values) };
}

function problemOf({ kind, required }: AnswerField, text: string): string | null {
  if (text.trim() === "") return required ? "Required" : null;
  if (kind === "integer") return /^-?(0|[1-9]\d*)$/.test(text.trim()) ? null : "Enter a whole number";
  if (kind === "number") return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text.trim()) ? null : "Enter a number";
  return null;
}

function answerOf({ kind, options }: AnswerField, text: string): unknown {
  if (kind === "choice") return options[Number(text)];
  if (kind === "yes-no") return text === "true";
  return kind === "text" ? text : parseExact(text.trim());
}
