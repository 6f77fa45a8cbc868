import { setTimeout as pause } from "node:timers/promises";
import type { ServerAddress } from "../client";
import { type Cluster, clusterUser, logSegments, startCluster, stopCluster, watchFailure } from "./cluster";
import { EmbeddedPostgresError } from "./error";
import { disownPostmasterFile, isRunning, type Postmaster, readPostmaster, removeDeadSocketLock } from "./postmaster";
import { createDatabase, probe } from "./probe";
import { processMark } from "./process-mark";

/** A server that responds, with the process to watch. */
export type Serving = { readonly connection: ServerAddress; readonly pid: number; readonly adopted: boolean };

/** After a crash, orphaned backends may hold on to a cluster for a few seconds. */
const startPatienceMs = 10_000;
/** Replaying the WAL after a crash can take long. */
const recoveryPatienceMs = 120_000;
/** A server found running that stays silent for this long is replaced; there is nothing to replace one that we have just started. */
const silencePatienceMs = { found: 10_000, started: 120_000 };

/** The address of a cluster's server. */
export function connectionTo(password: string, postmaster: Postmaster): ServerAddress {
  const host = process.platform === "win32" ? "127.0.0.1" : postmaster.socketDir;
  return { host, port: postmaster.port, user: clusterUser, password, database: "watchfloor" };
}

/** A disk with room for the cluster may have none for its WAL: the server then dies, and its log says why. */
async function makeDatabase(cluster: Cluster, connection: Serving["connection"]): Promise<void> {
  const failure = watchFailure(cluster);
  try {
    await createDatabase(connection, logSegments);
  } catch (error) {
    const reason = failure() ?? (error as Error).message;
    throw new EmbeddedPostgresError(`The embedded PostgreSQL could not create its database: ${reason}`);
  }
}

/** Waits for a running server to respond; null if it exits or stays silent. */
async function awaitAnswer(cluster: Cluster, silenceMs: number): Promise<Omit<Serving, "adopted"> | null> {
  const startedAt = performance.now();
  let heardAt = startedAt;
  for (;;) {
    const postmaster = readPostmaster(cluster.dir);
    if (!postmaster || !isRunning(postmaster, cluster.dir)) return null;
    const connection = connectionTo(cluster.password, postmaster);
    const answer = postmaster.socketDir === "" && process.platform !== "win32" ? { status: "silent" as const } : await probe(connection);
    if (answer.status === "ready") return { connection, pid: postmaster.pid };
    if (answer.status === "missing") await makeDatabase(cluster, connection);
    if (answer.status === "refused")
      throw new EmbeddedPostgresError(`The database in ${cluster.dir} refuses the connection: ${answer.message}`);
    const now = performance.now();
    if (answer.status !== "silent") heardAt = now;
    if (now - startedAt > recoveryPatienceMs || now - heardAt > silenceMs) return null;
    if (answer.status !== "missing") await pause(50);
  }
}

/** Starts the server, retrying for a few seconds if a crash left something behind. */
async function start(cluster: Cluster): Promise<void> {
  const startedAt = performance.now();
  for (;;) {
    const leftover = readPostmaster(cluster.dir);
    if (leftover && processMark(leftover.pid) !== null && isRunning(leftover, cluster.dir)) return;
    if (leftover) disownPostmasterFile(cluster.dir);
    if (process.platform !== "win32") removeDeadSocketLock(cluster);
    const failure = await startCluster(cluster);
    if (failure === null) return;
    if (!leftover || performance.now() - startedAt > startPatienceMs) {
      throw new EmbeddedPostgresError(`The embedded PostgreSQL failed to start: ${failure}`);
    }
    await pause(250);
  }
}

/** Returns a responding server: adopts the one that a killed Watchfloor left running, or else starts one. */
export async function bringUp(cluster: Cluster): Promise<Serving> {
  const running = await awaitAnswer(cluster, silencePatienceMs.found);
  if (running) return { ...running, adopted: true };
  const silent = readPostmaster(cluster.dir);
  if (silent && isRunning(silent, cluster.dir)) await stopCluster(cluster);
  await start(cluster);
  const started = await awaitAnswer(cluster, silencePatienceMs.started);
  if (!started) throw new EmbeddedPostgresError(`The embedded PostgreSQL in ${cluster.dir} does not answer.`);
  return { ...started, adopted: false };
}
