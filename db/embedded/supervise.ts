import { bringUp } from "./bring-up";
import type { Cluster } from "./cluster";
import { canSignal, processMark } from "./process-mark";
import { restoreSocketDir } from "./socket-dir";

const lookEveryMs = 500;
const longestPauseMs = 10_000;

/** Without /proc the check would spawn a process, so a signal has to do; there PostgreSQL's parent reaps it at once. */
function isAlive(pid: number): boolean {
  return process.platform === "linux" ? processMark(pid) !== null : canSignal(pid);
}

/**
 * Watches the server's process and restarts it on the same socket if it dies, so that pools reconnect. `release` stops watching and
 * waits for a restart in progress.
 */
export function superviseServer(cluster: Cluster, firstPid: number, log: (line: string) => void) {
  let pid = firstPid;
  let released = false;
  let restarting: Promise<void> | undefined;
  let pauseMs = lookEveryMs;

  const restart = async () => {
    log(`PostgreSQL (pid ${pid}) ended unexpectedly, restarting it`);
    try {
      if (process.platform !== "win32") restoreSocketDir(cluster.socketDir, cluster.runAs);
      pid = (await bringUp(cluster)).pid;
      pauseMs = lookEveryMs;
      log(`PostgreSQL is running again, pid ${pid}`);
    } catch (error) {
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
      log((error as Error).message);
    }
  };

  const look = async () => {
    if (!isAlive(pid)) {
      restarting = restart();
      await restarting;
    }
    if (!released) timer = setTimeout(look, pauseMs).unref();
  };
  let timer = setTimeout(look, pauseMs).unref();

  return {
    pid: () => pid,
    release: async () => {
      released = true;
      clearTimeout(timer);
      await restarting;
    },
  };
}
