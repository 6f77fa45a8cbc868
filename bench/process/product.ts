import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { getBytes, HttpConnection } from "../load/http-connection";
import { keepTrack } from "./children";
import { freePort } from "./free-port";
import { root } from "./root";
import { startFlags } from "./start-flags";

export type ProductOptions = {
  readonly dataDir: string;
  readonly port?: number;
  /** 127.0.0.1 unless told. */
  readonly host?: string;
  /** `npm start`'s script, which checks the build first, or the built server itself. */
  readonly through?: "start" | "server";
  readonly env?: Readonly<Record<string, string>>;
  /** Writes a CPU profile there when the server stops. */
  readonly profile?: string | null;
};

/** The real server in a process of its own. */
export type Product = {
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** All-scope key of the tools on this machine. */
  readonly key: string;
  /** From the start of the process until it answered that it can store and read. */
  readonly startMs: number;
  /** SIGTERM; answers how long the process took to end, and its exit code. */
  readonly stop: () => Promise<{ ms: number; code: number | null }>;
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
};

const startTimeoutMs = 120_000;

const programs = { start: "scripts/start.mjs", server: "dist/server.mjs" } as const;

/** Starts the server and waits until it is ready. Throws with what it printed when it does not start. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const port = options.port ?? (await freePort());
  const program = join(root, programs[options.through ?? "server"]);
  if (!existsSync(program)) throw new Error(`${program} is missing: run \`npm run build\` first`);
  const from = performance.now();
  const flags = [...startFlags(), ...(options.profile ? ["--cpu-prof", `--cpu-prof-dir=${options.profile}`] : [])];
  const child = spawn(process.execPath, [...flags, program], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: "",
      ...options.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      HOST: options.host ?? "127.0.0.1",
      PORT: String(port),
      WATCHFLOOR_DATA: options.dataDir,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  keepTrack(child);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed = `${printed}${text}`.slice(-20_000);
    });
  }
  await untilReady(child, port, () => printed);
  const startMs = performance.now() - from;
  const { token } = JSON.parse(readFileSync(join(options.dataDir, "local.json"), "utf8")) as { token: string };
  return {
    port,
    pid: child.pid as number,
    dataDir: options.dataDir,
    key: token,
    startMs,
    stop: () => stop(child),
    kill: () => end(child, "SIGKILL"),
  };
}

async function untilReady(child: ChildProcess, port: number, printed: () => string): Promise<void> {
  const until = performance.now() + startTimeoutMs;
  while (performance.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server did not start:\n${printed()}`);
    if (await isReady(port)) return;
    await pause(5);
  }
  await end(child, "SIGKILL");
  throw new Error(`the server was not ready after ${startTimeoutMs / 1_000} s:\n${printed()}`);
}

async function isReady(port: number): Promise<boolean> {
  try {
    const connection = await HttpConnection.open(port);
    try {
      return (await connection.request(getBytes("/api/ready", ""))).status === 200;
    } finally {
      connection.close();
    }
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess): Promise<{ ms: number; code: number | null }> {
  const from = performance.now();
  await end(child, "SIGTERM");
  return { ms: performance.now() - from, code: child.exitCode };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
