import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { CliError } from "../errors";
import { plainText } from "../render/plain-text";

export type Connection = { readonly url: string; readonly key?: string };

/** What a running server leaves for tools on its own machine. */
const LocalServer = z.object({ url: z.string(), token: z.string() });

export type Surroundings = { readonly env: Readonly<Record<string, string | undefined>>; readonly cwd: string };

const defaultUrl = "http://127.0.0.1:3000";

/** Flags first, then WATCHFLOOR_URL and WATCHFLOOR_API_KEY, then the server that runs on this machine. */
export function resolveConnection(flags: { url?: string | undefined; key?: string | undefined }, surroundings: Surroundings): Connection {
  const { env } = surroundings;
  const wishedUrl = flags.url || env.WATCHFLOOR_URL;
  const wishedKey = readKey(flags.key || env.WATCHFLOOR_API_KEY || "");
  const url = wishedUrl === undefined || wishedUrl === "" ? undefined : origin(wishedUrl);
  if (url !== undefined && wishedKey) return { url, key: wishedKey };
  const local = readLocalServer(surroundings);
  if (wishedKey) return { url: url ?? local?.url ?? defaultUrl, key: wishedKey };
  // The all-scope token of this machine is never sent to another address.
  if (local !== undefined && (url === undefined || url === local.url)) return { url: local.url, key: local.token };
  return { url: url ?? defaultUrl };
}

/** A key goes out in a header, which takes no more than this. It is not repeated: it may be a real one with a slip in it. */
function readKey(text: string): string {
  const key = text.trim();
  if (!/^[\x21-\x7e]*$/.test(key))
    throw new CliError("the key contains characters that a key cannot have (spaces, accents, typographic quotes)");
  return key;
}

function origin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new CliError(`not a web address: ${plainText(text)}; it must begin with http:// or https://`);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function readLocalServer({ env, cwd }: Surroundings): { url: string; token: string } | undefined {
  const folders = env.WATCHFLOOR_DATA
    ? [resolve(cwd, env.WATCHFLOOR_DATA)]
    : [join(cwd, ".watchfloor"), join(packageRoot(), ".watchfloor")];
  for (const folder of folders) {
    const path = join(folder, "local.json");
    if (!existsSync(path)) continue;
    const parsed = LocalServer.safeParse(readJsonFile(path));
    if (!parsed.success) throw new CliError(`${path} is not valid; restart the server with \`npm start\``);
    return { url: origin(parsed.data.url), token: parsed.data.token };
  }
  return undefined;
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new CliError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The nearest folder above this file with a package.json: the clone, from source and from the bundle alike. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
