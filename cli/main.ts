import { parseArgs } from "node:util";
import { Dialect } from "@/lib/core/api/words";
import { dialects } from "@/lib/core/dialect";
import { version } from "../package.json";
import { flags } from "./commands/flags";
import { helpText } from "./commands/help";
import { link } from "./commands/link";
import { send } from "./commands/send";
import { tailLatest, tailRun } from "./commands/tail";
import { tee } from "./commands/tee";
import { resolveConnection } from "./connection/settings";
import { CliError } from "./errors";
import { type Io, warn, write } from "./io";
import { plainText } from "./render/plain-text";

/** Runs one command and gives its exit code; 2 where it could not be done at all. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    if (io.signal.aborted) return 130;
    warn(io, messageOf(error));
    return error instanceof CliError ? error.exitCode : 2;
  }
}

/** Of what Node says of an option that it does not know, the sentence that tells which. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOption = "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
  return isOption ? `${plainText(error.message.split(/\.\s/)[0] ?? "")}; see \`watchfloor help\`` : error.message;
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const [command, ...rest] = args;
  if (command === undefined || command === "help" || rest.includes("--help") || rest.includes("-h")) return print(io, helpText);
  switch (command) {
    case "tail":
      return tailCommand(rest, io);
    case "tee":
      return teeCommand(rest, io);
    case "send":
      return sendCommand(rest, io);
    case "link": {
      const { values } = parseArgs({ args: rest, options: flags.link, strict: true });
      return link(io, resolveConnection(values, io));
    }
    case "--help":
    case "-h":
      return print(io, helpText);
    case "--version":
    case "-v":
    case "version":
      return print(io, `${version}\n`);
    default:
      throw new CliError(`unknown command ${plainText(command)}; see \`watchfloor help\``);
  }
}

async function tailCommand(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: flags.tail, strict: true, allowPositionals: true });
  const tail = {
    connection: resolveConnection(values, io),
    from: wholeNumber("--from", values.from ?? "1"),
    follow: values["no-follow"] !== true,
    json: values.json === true,
    utc: values.utc === true,
    all: values.all === true,
    types: values.types,
  };
  if (values["follow-latest"]) {
    if (positionals.length > 0) throw new CliError("pass a run or --follow-latest, not both");
    return tailLatest(io, { ...tail, follow: true });
  }
  return tailRun(io, onlyPositional(positionals, "tail needs a run: watchfloor tail <run>, or --follow-latest"), tail);
}

/** A timer of Node's with a longer time goes off at once. */
const longestTimerMs = 2 ** 31 - 1;

async function teeCommand(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: flags.tee, strict: true });
  return tee(io, {
    door: doorOf(values, io),
    format: oneOf("--format", ["sse", "ndjson"] as const, values.format),
    bufferBytes: wholeNumber("--buffer-mb", values["buffer-mb"] ?? "16") * 1024 * 1024,
    drainMs: Math.min(wholeNumber("--drain-seconds", values["drain-seconds"] ?? "30") * 1_000, longestTimerMs),
  });
}

async function sendCommand(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: flags.send, strict: true, allowPositionals: true });
  const file = onlyPositional(positionals, "send needs a file, or - for stdin: watchfloor send events.json --dialect shannon");
  return send(io, file, { door: doorOf(values, io), format: oneOf("--format", ["json", "ndjson", "sse"] as const, values.format) });
}

type DoorFlags = { dialect?: string; run?: string; source?: string; url?: string; key?: string };

function doorOf(values: DoorFlags, io: Io) {
  const dialect = Dialect.safeParse(values.dialect);
  if (!dialect.success) throw new CliError(`--dialect must be one of ${dialects.join(", ")}`);
  return { connection: resolveConnection(values, io), dialect: dialect.data, run: values.run, source: values.source };
}

function onlyPositional(positionals: readonly string[], advice: string): string {
  const [only] = positionals;
  if (only === undefined || only === "" || positionals.length > 1) throw new CliError(advice);
  return only;
}

function oneOf<Word extends string>(name: string, words: readonly Word[], value: string | undefined): Word | undefined {
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw new CliError(`${name} must be one of ${words.join(", ")}`);
  return word;
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) throw new CliError(`${name} must be a whole number of at least 1`);
  return number;
}

async function print(io: Io, words: string): Promise<number> {
  await write(io.stdout, words);
  return 0;
}
