import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { StepError, say } from "./steps.mjs";

const lookEveryMs = 250;
/** No build takes as long: whoever holds the lock then is another program with the old one's pid. */
const longestBuildMs = 15 * 60_000;

function tryLock(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** Who holds the lock; 0 while it is being written, null when nobody does. */
function holderOf(path) {
  try {
    const { mtimeMs } = statSync(path);
    const pid = Number(readFileSync(path, "utf8")) || 0;
    return { pid, isAlive: Date.now() - mtimeMs < longestBuildMs && (pid === 0 || answers(pid)) };
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

function answers(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** By renaming: of two that take a dead build's lock away, one finds nothing. */
function removeDeadLock(path, pid) {
  const aside = `${path}.dead-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  // Somebody was faster and this is the new lock: give it back.
  if (Number(readFileSync(aside, "utf8")) !== pid) tryLock(path);
  rmSync(aside, { force: true });
}

/** Runs `work` while nobody else in this folder builds; who comes second says so and waits. */
export async function alone(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  const startedMs = performance.now();
  for (let said = false; !tryLock(path); ) {
    const holder = holderOf(path);
    if (holder && !holder.isAlive) removeDeadLock(path, holder.pid);
    else if (holder) {
      if (!said) say(`waiting for another build in this folder (pid ${holder.pid}) ...`);
      said = true;
      if (performance.now() - startedMs > longestBuildMs)
        throw new StepError(`the build of pid ${holder.pid} did not finish (lock ${path})`);
      await pause(lookEveryMs);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
