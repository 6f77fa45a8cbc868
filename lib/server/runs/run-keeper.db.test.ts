import pino from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPool } from "@/db/client";
import { startTestServer, type TestServer } from "@/test/server";
import { findRun } from "./find-run";
import { RunKeeper } from "./run-keeper";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it("leaves a long run for later when its server stops, and logs only what went wrong", async () => {
  const projectId = "00000000-0000-7000-8000-000000000001";
  await server.send("/api/ingest/shannon", { workflow_id: "long", type: "WORKFLOW_STARTED", seq: 1 });
  const run = await findRun(projectId, "long");
  const grown = { projectId, runs: [{ run, firstSeq: 1, lastSeq: 20_000, feedSeq: 1, events: [] }] };
  const lines: { msg: string }[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const stopping = new RunKeeper({ pool: server.services.pool, log });
  stopping.committed(grown);
  await stopping.stop();
  expect(lines).toEqual([]);
  const gone = openPool(server.services.connection, { max: 1, name: "gone" });
  await gone.end();
  const failing = new RunKeeper({ pool: gone, log });
  failing.committed(grown);
  await expect.poll(() => lines.map(({ msg }) => msg)).toEqual(["a run's state could not be computed in advance"]);
  await failing.stop();
});
