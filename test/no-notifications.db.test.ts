import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readStream } from "./read-stream";
import { type RealServers, realServers } from "./real-server";

// G13: nothing depends on a notification. Whoever listens is killed again and again while one server writes and the other is read.
let servers: RealServers;
beforeAll(async () => {
  servers = await realServers();
});
afterAll(() => servers.stop());

it("another server's events arrive by its poll when every listener is killed, and all are taken", async () => {
  const [writes, reads] = await Promise.all([servers.start("a"), servers.start("b")]);
  const event = (seq: number) => ({ workflow_id: "wf-deaf", type: "AGENT_STARTED", agent_id: "a", seq });
  expect((await writes.send("/events", event(1))).status).toBe(200);
  const state = { killed: 0, done: false };
  const killing = (async () => {
    while (!state.done) {
      state.killed += (
        await servers.sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name like 'watchfloor%' and query ilike 'listen %'`
      ).length;
      // Without a pause the question alone takes a core of two from the servers.
      await pause(20);
    }
  })();
  const run = await readStream(reads.fetch, "/api/runs/wf-deaf/stream");
  const feed = await readStream(reads.fetch, "/api/stream");
  await run.until("id: 1\n");
  // Without a place it begins at the moment of its greeting, and not of its first byte.
  await feed.until("event: hello");
  for (let seq = 2; seq <= 6; seq++) {
    expect((await writes.send("/events", event(seq))).status).toBe(200);
    await Promise.all([run.until(`id: ${seq}\n`), feed.until(`"lastSeq":${seq}`)]);
  }
  state.done = true;
  await killing;
  run.close();
  feed.close();
  expect(state.killed).toBeGreaterThan(3);
});
