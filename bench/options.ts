import { parseArgs } from "node:util";

export const suiteNames = [
  "fold",
  "footprint",
  "ingest",
  "live",
  "delay",
  "decide",
  "webhooks",
  "budgets",
  "run-open",
  "page",
  "list",
  "costs",
  "bombs",
] as const;
export type SuiteName = (typeof suiteNames)[number];

/** A wrong argument: shown without a stack. */
export class UsageError extends Error {}

export type Options = {
  readonly command: "measure" | "kill" | "help";
  readonly suites: readonly SuiteName[];
  readonly saveBaseline: boolean;
  /** File in which the table between the markers is replaced. */
  readonly markdown: string | null;
  /** Only the figures that have a target. */
  readonly brief: boolean;
  readonly rounds: number;
  readonly seed: number;
  /** For how long kills are played again and again, with the next seed each time; 0 = once. */
  readonly minutes: number;
  /** Folder for CPU profiles of the measured server; null = none are taken. */
  readonly profile: string | null;
  /** Measures what was built last, even when sources changed since. */
  readonly asBuilt: boolean;
};

export const usage = `npm run bench -- [suites] [options]

  suites              ${suiteNames.join(", ")} (all)
  --save-baseline     keep the ratios of this run in bench/baseline.json
  --markdown <file>   write the table between the markers of this file; without
                      suites, from the last run in bench/results/latest.json
  --profile <folder>  also write CPU profiles of the server there
  --brief             with --markdown: only the figures that have a target
  --as-built          do not build first, even when sources changed since

npm run bench -- kill [--rounds 20] [--seed 1] [--minutes 30] [--as-built]

  kills the server and its database in the middle of load and counts what was
  lost; then two servers on one database, and three stops by SIGTERM with 50
  streams open. With --minutes all of it again and again, with the next seed
`;

/** Reads the command line. Throws a UsageError. */
export function readOptions(args: readonly string[]): Options {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    rounds: text,
    seed: text,
    minutes: text,
    markdown: text,
    profile: text,
    "save-baseline": flag,
    "as-built": flag,
    brief: flag,
    help: flag,
  };
  const { values, positionals } = parse(args, options);
  const isKill = positionals[0] === "kill";
  return {
    command: values.help ? "help" : isKill ? "kill" : "measure",
    suites: isKill ? [] : positionals.map(suiteOf),
    saveBaseline: values["save-baseline"] ?? false,
    markdown: values.markdown ?? null,
    brief: values.brief ?? false,
    rounds: wholeNumber("--rounds", values.rounds, 20),
    seed: wholeNumber("--seed", values.seed, 1),
    minutes: wholeNumber("--minutes", values.minutes, 0),
    profile: values.profile ?? null,
    asBuilt: values["as-built"] ?? false,
  };
}

function parse<const O extends Record<string, { type: "string" | "boolean" }>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function suiteOf(word: string): SuiteName {
  const found = suiteNames.find((name) => name === word);
  if (!found) throw new UsageError(`there is no suite "${word}"; there are ${suiteNames.join(", ")}`);
  return found;
}

function wholeNumber(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${name} must be a whole number`);
  return Number(text);
}
