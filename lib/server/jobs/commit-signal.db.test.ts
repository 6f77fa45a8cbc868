import { setImmediate as turn } from "node:timers/promises";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Connection, openPool, type Pool } from "@/db/client";
import { createTestDatabase } from "@/test/postgres";
import { CommitSignal } from "./commit-signal";

let pool: Pool;
let connection: Connection;
let stop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  connection = database.connection;
  pool = openPool(connection, { max: 4, name: "test" });
  stop = async () => {
    await pool.end();
    await database.drop();
  };
});
afterAll(() => stop());

const log = pino({ level: "silent" });

/** The hub of a process: what it was told to look at, and the next time it is. */
class Looks {
  readonly projects: (string | undefined)[] = [];
  #waiting: (() => void)[] = [];
  async poll(projectId?: string): Promise<void> {
    this.projects.push(projectId);
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

test("a burst of commits is told to other processes in few notifications, the last commit too, and never to ourselves", async () => {
  const [ours, theirs] = [new Looks(), new Looks()];
  const signals = [ours, theirs].map((hub) => new CommitSignal({ pool, connection, hub, log }));
  for (const signal of signals) await signal.start();
  const [signal] = signals as [CommitSignal, CommitSignal];
  const commits = 500;
  for (let n = 0; n < commits; n += 1) {
    signal.committed("busy");
    await turn();
  }
  signal.committed("last");
  await theirs.until(() => theirs.projects.includes("last"));
  const told = theirs.projects.filter((project) => project === "busy").length;
  expect(told).toBeGreaterThan(0);
  expect(told).toBeLessThan(commits / 5);
  // What is told by others arrives here on the same connection, behind anything of our own.
  signals[1]?.committed("theirs");
  await ours.until(() => ours.projects.includes("theirs"));
  expect(ours.projects.filter((project) => project !== undefined && project !== "theirs")).toEqual([]);
  for (const each of signals) await each.stop();
});

test("who listens is heard again after its connection was killed, and killed again while it came back", async () => {
  const [ours, theirs] = [new Looks(), new Looks()];
  const signals = [ours, theirs].map((hub) => new CommitSignal({ pool, connection, hub, log, beatMs: 100 }));
  for (const signal of signals) await signal.start();
  const [signal] = signals as [CommitSignal, CommitSignal];
  for (let killed = 0; killed < 12; ) {
    const rows = await pool`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query ilike 'listen %'`;
    killed += rows.length;
  }
  // Told until heard: one that is sent while nobody listens yet is lost, and the beat's own look names no project.
  for (let n = 0; !theirs.projects.some((project) => project?.startsWith("after")); n += 1) {
    signal.committed(`after${n}`);
    const looks = theirs.projects.length;
    await theirs.until(() => theirs.projects.length > looks);
  }
  for (const each of signals) await each.stop();
});

test("while one look at a project's commits goes on there is no other, and one behind it where more was told", async () => {
  const looks = { begun: 0, going: 0, heardAll: false, end: () => {} };
  const slow = {
    poll: async (projectId?: string) => {
      looks.heardAll ||= projectId === "last";
      if (projectId !== "slow") return;
      looks.begun += 1;
      looks.going += 1;
      await new Promise<void>((resolve) => {
        looks.end = resolve;
      });
      looks.going -= 1;
    },
  };
  const heard = new Looks();
  const signals = [new Looks(), slow, heard].map((hub) => new CommitSignal({ pool, connection, hub, log }));
  for (const signal of signals) await signal.start();
  const [signal] = signals as [CommitSignal];
  for (let n = 1; n <= 3; n += 1) {
    signal.committed("slow");
    await heard.until(() => heard.projects.filter((project) => project === "slow").length === n);
  }
  signal.committed("last");
  await expect.poll(() => looks.heardAll).toBe(true);
  expect(looks).toMatchObject({ begun: 1, going: 1 });
  looks.end();
  await expect.poll(() => looks.begun).toBe(2);
  expect(looks.going).toBe(1);
  looks.end();
  await expect.poll(() => looks.going).toBe(0);
  expect(looks.begun).toBe(2);
  for (const each of signals) await each.stop();
});
