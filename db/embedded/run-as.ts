import { spawn, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { EmbeddedPostgresError } from "./error";

/** The user that runs the PostgreSQL programs; null if it is our own. */
export type RunAs = { readonly uid: number; readonly gid: number; readonly name: string } | null;

type Ended = { code: number | null; output: string };

/** Nothing in the caller's environment (PGDATA, LD_LIBRARY_PATH, LC_ALL) may affect PostgreSQL. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  if (process.platform === "win32") return { ...process.env, LC_ALL: "C" };
  return { NODE_ENV: process.env.NODE_ENV, PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC" };
}

function passwdEntries(): { name: string; uid: number; gid: number }[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 7)
    .map((fields) => ({ name: fields[0] ?? "", uid: Number(fields[2]), gid: Number(fields[3]) }));
}

function ownerOf(path: string): number {
  try {
    return statSync(path).uid;
  } catch {
    return 0;
  }
}

/**
 * PostgreSQL refuses to run as root. If we are root, it runs as the owner of the existing cluster, else as `postgres`, else as
 * `nobody`.
 */
export function chooseRunAs(clusterDir: string): RunAs {
  if (process.getuid?.() !== 0) return null;
  const users = passwdEntries();
  const owner = ownerOf(clusterDir);
  const chosen =
    users.find((user) => owner !== 0 && user.uid === owner) ??
    users.find((user) => user.name === "postgres" && user.uid !== 0) ??
    users.find((user) => user.name === "nobody" && user.uid !== 0);
  if (!chosen) throw new EmbeddedPostgresError("PostgreSQL refuses to run as root, and there is no user `nobody`. Set DATABASE_URL.");
  return chosen;
}

function identity(runAs: RunAs) {
  return runAs ? { uid: runAs.uid, gid: runAs.gid } : {};
}

/** Whether `runAs` can open the folder. */
export function canEnter(dir: string, runAs: RunAs): boolean {
  if (!runAs) return true;
  // Node changes to `cwd` before it switches the user, so the child itself has to try.
  const shell = spawnSync("/bin/sh", ["-c", 'cd "$1" && ls . >/dev/null', "sh", dir], {
    ...identity(runAs),
    cwd: "/",
    env: cleanEnvironment(),
    stdio: "ignore",
  });
  return shell.status === 0;
}

/** Runs a program to completion without blocking; `output` is its stdout and stderr. */
export function runProgram(program: string, args: string[], options: { runAs: RunAs; cwd: string; timeoutMs: number }): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...identity(options.runAs),
      cwd: options.cwd,
      env: cleanEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeoutMs,
      windowsHide: true,
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output = (output + chunk.toString("utf8")).slice(-8_000);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    // On Windows a server started by pg_ctl keeps the pipes open, so `close` would never fire.
    child.on(process.platform === "win32" ? "exit" : "close", (code) => resolve({ code, output: output.trim() }));
  });
}

/** The same, but blocking, for short programs. */
export function runProgramSync(program: string, args: string[], runAs: RunAs): Ended {
  const ended = spawnSync(program, args, {
    ...identity(runAs),
    cwd: "/",
    env: cleanEnvironment(),
    encoding: "utf8",
    timeout: 10_000,
    windowsHide: true,
  });
  return { code: ended.status, output: ended.error?.message ?? `${ended.stdout}${ended.stderr}`.trim() };
}
