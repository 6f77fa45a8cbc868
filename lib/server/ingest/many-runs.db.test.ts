import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";
import type { IngestReply } from "./ingest-reply";
import { maxRunsListed } from "./store-events";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

it("a body of many runs is stored whole, and answered with so many of them as a stream of months can hold (G11)", async () => {
  const lines = Array.from({ length: maxRunsListed + 5 }, (_, n) => JSON.stringify({ workflow_id: `wf-${n}`, type: "WORKFLOW_STARTED" }));
  // A run that is listed goes on being told of.
  lines.push(JSON.stringify({ workflow_id: "wf-0", type: "WORKFLOW_COMPLETED" }));
  const sent = await server.send("/events", lines.join("\n"), { "content-type": "application/x-ndjson" });
  const reply = (await sent.json()) as IngestReply;
  expect(reply).toMatchObject({ accepted: lines.length, moreRuns: true });
  expect([reply.runs.length, reply.run_ids.length]).toEqual([maxRunsListed, maxRunsListed]);
  expect(reply.runs[0]).toMatchObject({ externalId: "wf-0", firstSeq: 1, lastSeq: 2 });
  const few = await server.send("/events", lines.slice(0, 2).join("\n"), { "content-type": "application/x-ndjson" });
  expect(await few.json()).not.toHaveProperty("moreRuns");
});
