export const boundKinds = ["cost", "tokens", "duration"] as const;
export type BoundKind = (typeof boundKinds)[number];
export type BoundOperator = ">" | ">=" | "<" | "<=";

/** A limit on a figure: nano-dollars, tokens or milliseconds. */
export type Bound = { readonly op: BoundOperator; readonly value: number };

/** What is wrong with a value: where, and what was expected there. */
export type ValueProblem = { readonly at: number; readonly length: number; readonly message: string };

const units: Record<BoundKind, Readonly<Record<string, number>>> = {
  cost: { "": 1e9 },
  tokens: { "": 1, k: 1e3, m: 1e6 },
  duration: { ms: 1, s: 1e3, m: 60e3, h: 3_600e3, d: 86_400e3 },
};
const examples: Record<BoundKind, string> = { cost: ">0.5", tokens: ">10k", duration: ">60s" };
const unitWords: Record<BoundKind, string> = {
  cost: "dollars without a unit",
  tokens: "nothing, k or M",
  duration: "ms, s, m, h or d",
};

/** Reads `>0.5`, `>=10k` or `<60s`. */
export function parseBound(kind: BoundKind, text: string): Bound | ValueProblem {
  const op = /^[<>]=?/.exec(text)?.[0] as BoundOperator | undefined;
  if (op === undefined) return problem(text, 0, `expected >, >=, < or <=, as in ${kind}:${examples[kind]}`);
  const dollar = kind === "cost" && text[op.length] === "$" ? 1 : 0;
  const figureAt = op.length + dollar;
  const figure = /^(?:\d+(?:\.\d+)?|\.\d+)/.exec(text.slice(figureAt))?.[0];
  if (figure === undefined) return problem(text, figureAt, `expected a number, as in ${kind}:${examples[kind]}`);
  const unitAt = figureAt + figure.length;
  const factor = units[kind][text.slice(unitAt).toLowerCase()];
  if (factor === undefined) return problem(text, unitAt, `expected ${unitWords[kind]} after the number, as in ${kind}:${examples[kind]}`);
  const value = Math.round(Number(figure) * factor);
  if (!Number.isSafeInteger(value)) return problem(text, figureAt, "expected a smaller number");
  return { op, value };
}

export function isProblem<T extends object>(value: T | ValueProblem): value is ValueProblem {
  return "message" in value;
}

/** Whether a figure is within the bound. */
export function keepsTo(figure: number, { op, value }: Bound): boolean {
  switch (op) {
    case ">":
      return figure > value;
    case ">=":
      return figure >= value;
    case "<":
      return figure < value;
    case "<=":
      return figure <= value;
  }
}

function problem(text: string, at: number, message: string): ValueProblem {
  return { at, length: Math.max(1, text.length - at), message };
}
