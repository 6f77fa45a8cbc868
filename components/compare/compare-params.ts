import { parseAsBoolean, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const comparePanes = ["steps", "answer", "errors"] as const;
export type ComparePane = (typeof comparePanes)[number];

/** Which two runs are compared and what of them is looked at, as the address writes it. */
export const compareParams = {
  a: parseAsString,
  b: parseAsString,
  show: parseAsStringLiteral(comparePanes).withDefault("steps"),
  /** Only the steps that differ. */
  differences: parseAsBoolean.withDefault(false),
  /** The chosen step: `a:<span>` or `b:<span>`. */
  sel: parseAsString,
};
