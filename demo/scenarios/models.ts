import type { Random } from "../random";

export type Model = {
  readonly name: string;
  readonly provider: string;
  /** Dollars for a million tokens. */
  readonly inputRate: number;
  readonly outputRate: number;
};

type Name = "gpt-5" | "gpt-5-mini" | "claude-sonnet-4-5" | "claude-haiku-4-5" | "gemini-2.5-pro" | "gemini-2.5-flash";

export const models: Readonly<Record<Name, Model>> = {
  "gpt-5": { name: "gpt-5", provider: "openai", inputRate: 1.25, outputRate: 10 },
  "gpt-5-mini": { name: "gpt-5-mini", provider: "openai", inputRate: 0.25, outputRate: 2 },
  "claude-sonnet-4-5": { name: "claude-sonnet-4-5", provider: "anthropic", inputRate: 3, outputRate: 15 },
  "claude-haiku-4-5": { name: "claude-haiku-4-5", provider: "anthropic", inputRate: 1, outputRate: 5 },
  "gemini-2.5-pro": { name: "gemini-2.5-pro", provider: "google", inputRate: 1.25, outputRate: 10 },
  "gemini-2.5-flash": { name: "gemini-2.5-flash", provider: "google", inputRate: 0.3, outputRate: 2.5 },
};

export type Spent = { readonly input: number; readonly output: number; readonly total: number; readonly costUsd: number };

/** Tokens of a believable call, and what they cost. */
export function spend(random: Random, model: Model, size: "small" | "medium" | "large"): Spent {
  const [least, most] = { small: [300, 1_200], medium: [1_500, 6_000], large: [6_000, 18_000] }[size] as [number, number];
  const input = random.int(least, most);
  const output = Math.round(input * (0.08 + random.next() * 0.22)) + 40;
  return { input, output, total: input + output, costUsd: costOf(model, input, output) };
}

/** Dollars with six decimals, as vendors report them. */
export function costOf(model: Model, input: number, output: number): number {
  return Number(((input * model.inputRate + output * model.outputRate) / 1e6).toFixed(6));
}

export function sumOf(parts: readonly Spent[]): Spent {
  const add = (key: keyof Spent) => parts.reduce((sum, part) => sum + part[key], 0);
  return { input: add("input"), output: add("output"), total: add("total"), costUsd: Number(add("costUsd").toFixed(6)) };
}
