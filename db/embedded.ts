import { createServer } from "node:net";
import { join, resolve } from "node:path";
import type { ServerAddress } from "./client";
import { makeDataFolder } from "./data-folder";
import { bringUp, type Serving } from "./embedded/bring-up";
import { type Cluster, clusterPassword, ensureCluster, stopCluster } from "./embedded/cluster";
import { EmbeddedPostgresError } from "./embedded/error";
import { lockFolder } from "./embedded/folder-lock";
import { readPostmaster } from "./embedded/postmaster";
import { preparePrograms } from "./embedded/programs";
import { chooseRunAs } from "./embedded/run-as";
import { makeSocketDir, removeSocketDir } from "./embedded/socket-dir";
import { superviseServer } from "./embedded/supervise";

export { EmbeddedPostgresError } from "./embedded/error";

export type EmbeddedOptions = {
  /** Contains the cluster, its password and the lock. Created if missing. */
  readonly dataDir: string;
  /** Receives messages for the operator, one line each. */
  readonly log?: (line: string) => void;
};

export type EmbeddedPostgres = {
  readonly connection: ServerAddress;
  /** The current process id of the server. */
  readonly pid: () => number;
  /** Stops the server and unlocks the data folder. A second call does nothing. */
  readonly stop: () => Promise<void>;
};

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function prepareCluster(dataDir: string): Promise<Cluster> {
  const dir = join(dataDir, "postgres");
  const runAs = chooseRunAs(dir);
  const programs = preparePrograms(dataDir, runAs);
  // A server left behind by a killed process keeps its socket; the folder of a dead one is only litter.
  const socketDir = process.platform === "win32" ? dataDir : makeSocketDir(runAs);
  const port = process.platform === "win32" ? await freePort() : 5432;
  return { dir, programs, runAs, socketDir, port, password: clusterPassword(dataDir) };
}

function forgetUnusedSocketDir(before: string | undefined, cluster: Cluster, serving: Serving): void {
  if (process.platform === "win32") return;
  for (const dir of [before, cluster.socketDir]) {
    if (dir && dir !== serving.connection.host) removeSocketDir(dir);
  }
}

/** A full disk, or a file system that is read-only or has no owners, is the folder's fault and needs no stack trace. */
function inOneLine(error: unknown, dataDir: string): unknown {
  const isOfFileSystem = error instanceof Error && "syscall" in error;
  return isOfFileSystem ? new EmbeddedPostgresError(`The data folder ${dataDir} cannot be used: ${error.message}`) : error;
}

/**
 * Runs PostgreSQL on a data folder with the programs in node_modules, reachable only through a unix socket (127.0.0.1 on Windows).
 * A server left by a killed process is adopted; one that dies is restarted on the same socket. Throws an EmbeddedPostgresError,
 * whose message is one line for a person, also if another Watchfloor is using the folder.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const log = options.log ?? (() => {});
  makeDataFolder(dataDir);
  const unlock = await lockFolder(dataDir).catch((error) => {
    throw inOneLine(error, dataDir);
  });
  let socketDir: string | undefined;
  try {
    const before = readPostmaster(join(dataDir, "postgres"))?.socketDir;
    const cluster = await prepareCluster(dataDir);
    socketDir = cluster.socketDir;
    await ensureCluster(cluster);
    const serving = await bringUp(cluster);
    forgetUnusedSocketDir(before, cluster, serving);
    if (serving.adopted) log(`adopted the PostgreSQL that was still running, pid ${serving.pid}`);
    const server = superviseServer({ ...cluster, socketDir: serving.connection.host, port: serving.connection.port }, serving.pid, log);
    let stopping: Promise<void> | undefined;
    const stop = async () => {
      await server.release();
      await stopCluster(cluster);
      removeSocketDir(serving.connection.host);
      unlock();
    };
    return { connection: serving.connection, pid: server.pid, stop: () => (stopping ??= stop()) };
  } catch (error) {
    if (socketDir) removeSocketDir(socketDir);
    unlock();
    throw inOneLine(error, dataDir);
  }
}
