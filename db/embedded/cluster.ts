import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { EmbeddedPostgresError } from "./error";
import { type Programs, programPath } from "./programs";
import { reasonIn } from "./reason-in";
import { canEnter, type RunAs, runProgram } from "./run-as";

/** A PostgreSQL cluster in a data folder, with what is needed to control it. */
export type Cluster = {
  readonly dir: string;
  readonly programs: Programs;
  readonly runAs: RunAs;
  readonly socketDir: string;
  readonly port: number;
  readonly password: string;
};

export const clusterUser = "watchfloor";
/** Number of WAL files, 16 MB each, that are kept ready: 256 MB. */
export const logSegments = 16;

const settings = `# Written at each start.
max_connections = 100
shared_buffers = 128MB
wal_compression = on
min_wal_size = ${logSegments * 16}MB
max_wal_size = 1GB
checkpoint_completion_target = 0.9
synchronous_commit = on
fsync = on
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_line_prefix = '%m [%p] '
`;

const longestLogBytes = 5 * 1024 * 1024;

/** The data folder as an argument of the programs: its path or, if a parent folder is closed to their user, their working directory. */
function dataArgument(dir: string, runAs: RunAs): string {
  // pg_ctl and initdb pass the path to a shell in double quotes.
  if (canEnter(dir, runAs) && (process.platform === "win32" || !/["$`\\]/.test(dir))) return dir;
  if (process.platform === "linux") return "/proc/self/cwd";
  throw new EmbeddedPostgresError(`PostgreSQL's user cannot open ${dir}: choose another WATCHFLOOR_DATA, or set DATABASE_URL.`);
}

function giveTo(runAs: RunAs, path: string): void {
  if (runAs) chownSync(path, runAs.uid, runAs.gid);
}

/** Replaces a file in a folder owned by another user, without following a link that user may have put there. */
function replaceFile(path: string, text: string, runAs: RunAs): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { flag: "wx", mode: 0o600 });
  giveTo(runAs, path);
}

/** The password of the data folder's cluster, created at first start and readable only by us. */
export function clusterPassword(dataDir: string): string {
  const path = join(dataDir, "postgres-password");
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  if (existsSync(join(dataDir, "postgres", "PG_VERSION"))) {
    throw new EmbeddedPostgresError(`The database in ${dataDir} cannot be opened: its file postgres-password is missing.`);
  }
  const password = randomBytes(24).toString("base64url");
  writeFileSync(path, `${password}\n`, { mode: 0o600, flag: "wx" });
  return password;
}

/** Creates the cluster if there is none. An interrupted attempt leaves nothing that a later one could mistake for a cluster. */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  const { dir, programs, runAs } = cluster;
  if (existsSync(join(dir, "PG_VERSION"))) {
    const found = Number.parseInt(readFileSync(join(dir, "PG_VERSION"), "utf8"), 10);
    if (found === programs.major) return;
    throw new EmbeddedPostgresError(
      `The database in ${dir} was created by PostgreSQL ${found}, but the embedded PostgreSQL is version ${programs.major}.`,
    );
  }
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new EmbeddedPostgresError(`${dir} is neither empty nor a database.`);
  await clearHalves(dir);
  // A unique name: an initdb whose parent was killed keeps running for a moment and would write into ours.
  const half = `${dir}.new-${randomBytes(4).toString("hex")}`;
  mkdirSync(half, { mode: 0o700 });
  giveTo(runAs, half);
  const passwordFile = join(cluster.socketDir, "password");
  replaceFile(passwordFile, `${cluster.password}\n`, runAs);
  const made = await runProgram(
    programPath(programs, "initdb"),
    // The C locale: byte ordering needs no library and never changes under an index.
    [
      `--pgdata=${dataArgument(half, runAs)}`,
      `--username=${clusterUser}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--no-instructions",
    ],
    { runAs, cwd: half, timeoutMs: 120_000 },
  );
  rmSync(passwordFile, { force: true });
  if (made.code !== 0) throw new EmbeddedPostgresError(`PostgreSQL could not create its data folder: ${reasonIn(made.output)}`);
  appendFileSync(join(half, "postgresql.conf"), "\ninclude 'watchfloor.conf'\n");
  rmSync(dir, { recursive: true, force: true });
  renameSync(half, dir);
}

const clearTries = 100;
const clearEveryMs = 100;

/**
 * Removes what interrupted attempts left behind. Retries because one that is still running adds files until it finds its folder
 * gone.
 */
async function clearHalves(dir: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      for (const name of readdirSync(dirname(dir)).filter((found) => found.startsWith(`${basename(dir)}.new`)))
        rmSync(join(dirname(dir), name), { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === clearTries) throw error;
      await pause(clearEveryMs);
    }
  }
}

function writeSettings(cluster: Cluster): void {
  const address =
    process.platform === "win32"
      ? `listen_addresses = '127.0.0.1'\n`
      : `listen_addresses = ''\nunix_socket_permissions = 0700\nunix_socket_directories = '${cluster.socketDir.replaceAll("'", "''")}'\n`;
  replaceFile(join(cluster.dir, "watchfloor.conf"), `${settings}port = ${cluster.port}\n${address}`, cluster.runAs);
}

const logName = "server.log";

function trimLog(cluster: Cluster): void {
  const log = join(cluster.dir, logName);
  if (existsSync(log) && statSync(log).size > longestLogBytes) renameSync(log, `${log}.1`);
}

function logSize(cluster: Cluster): number {
  const log = join(cluster.dir, logName);
  return existsSync(log) ? statSync(log).size : 0;
}

/** The reason in the server's log, from `offset` on, why it did not start or exited; null if it logged nothing. */
function failureSince(cluster: Cluster, offset: number): string | null {
  if (logSize(cluster) <= offset) return null;
  return reasonIn(readFileSync(join(cluster.dir, logName)).subarray(offset).toString("utf8"));
}

/** The same for a request to a running server: reads its log from here on. */
export function watchFailure(cluster: Cluster): () => string | null {
  const offset = logSize(cluster);
  return () => failureSince(cluster, offset);
}

/** Starts the server and waits until it accepts connections. Returns null, or the reason why it did not start. */
export async function startCluster(cluster: Cluster): Promise<string | null> {
  const { dir, programs, runAs } = cluster;
  writeSettings(cluster);
  trimLog(cluster);
  const offset = logSize(cluster);
  const pgdata = dataArgument(dir, runAs);
  const started = await runProgram(
    programPath(programs, "pg_ctl"),
    ["start", "-s", "-w", "-t", "60", "-D", pgdata, "-l", process.platform === "win32" ? join(dir, logName) : `${pgdata}/${logName}`],
    { runAs, cwd: dir, timeoutMs: 70_000 },
  );
  return started.code === 0 ? null : (failureSince(cluster, offset) ?? "no reason was logged");
}

/** Stops the server: clients are disconnected and their transactions rolled back. False if it was not running. */
export async function stopCluster(cluster: Cluster): Promise<boolean> {
  const { dir, programs, runAs } = cluster;
  const stop = (mode: "fast" | "immediate") =>
    runProgram(programPath(programs, "pg_ctl"), ["stop", "-s", "-w", "-t", "8", "-m", mode, "-D", dataArgument(dir, runAs)], {
      runAs,
      cwd: dir,
      timeoutMs: 15_000,
    });
  const stopped = await stop("fast");
  return stopped.code === 0 || (await stop("immediate")).code === 0;
}
