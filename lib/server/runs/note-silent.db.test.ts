import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunList } from "@/lib/core/api/run";
import type { RunCounts } from "@/lib/core/api/run-counts";
import { startTestServer, type TestServer } from "@/test/server";
import { noteSilent } from "./note-silent";

let server: TestServer;
const hourMs = 3_600_000;
const event = (run: string, rest: object = {}) => ({
  workflow_id: run,
  type: "WORKFLOW_STARTED",
  timestamp: new Date().toISOString(),
  agent_id: "coder",
  ...rest,
});

beforeAll(async () => {
  server = await startTestServer();
  for (const run of ["lately", "long", "moving", "done"]) await server.send("/api/ingest/shannon", event(run));
  await server.send("/api/ingest/shannon", event("done", { type: "WORKFLOW_COMPLETED" }));
  // As if they had been heard of last before that.
  for (const [run, agoMs] of [
    ["lately", 1],
    ["long", 30 * hourMs],
  ] as const)
    await server.services.pool`update runs set stalls_at_ms = ${Date.now() - agoMs} where external_id = ${run}`;
});
afterAll(() => server.stop());

async function shown() {
  const listed = async (query: string) =>
    ((await (await server.fetch(`/api/runs?${query}`)).json()) as RunList).runs.map((run) => run.externalId);
  const { running, stalled } = (await (await server.fetch("/api/runs/counts")).json()) as RunCounts;
  return { running: await listed("status=running"), stalled: await listed("status=stalled"), counts: { running, stalled } };
}
const silent = async () => (await server.services.pool`select external_id from runs where silent order by 1`).map((row) => row.external_id);

it("notes the runs that have stalled, which changes no list and no count, until something is heard of them", async () => {
  const before = await shown();
  expect(before).toEqual({ running: ["moving"], stalled: ["long", "lately"], counts: { running: 1, stalled: 2 } });
  // The server does so too, by its own clock: whoever comes first.
  await noteSilent(server.services.pool, Date.now());
  await expect.poll(silent).toEqual(["lately", "long"]);
  expect(await shown()).toEqual(before);

  await server.send("/api/ingest/shannon", event("long", { type: "PROGRESS" }));
  expect(await silent()).toEqual(["lately"]);
  expect(await shown()).toEqual({ running: ["moving", "long"], stalled: ["lately"], counts: { running: 2, stalled: 1 } });
});

it("leaves a run that is being written to whoever writes it", async () => {
  const { pool } = server.services;
  await pool`update runs set stalls_at_ms = ${Date.now() - 1} where external_id = 'moving'`;
  await pool.begin(async (tx) => {
    await tx`select from runs where external_id = 'moving' for update`;
    await noteSilent(pool, Date.now());
    expect(await silent()).not.toContain("moving");
  });
  await noteSilent(pool, Date.now());
  await expect.poll(silent).toContain("moving");
});
