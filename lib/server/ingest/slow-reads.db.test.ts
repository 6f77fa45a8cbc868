import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

it("events are taken while questions that take long have all connections for reading, also from a key that was not heard of before", async () => {
  const { pool } = server.services;
  const authorization = `Bearer ${await server.key("ingest")}`;
  const held = { count: 0, letGo: () => {} };
  const answered = new Promise<void>((resolve) => {
    held.letGo = resolve;
  });
  const slow = Array.from({ length: pool.options.max }, () =>
    pool.begin(async (tx) => {
      await tx`select 1`;
      held.count += 1;
      await answered;
    }),
  );
  try {
    await expect.poll(() => held.count).toBe(pool.options.max);
    const event = { workflow_id: "wf-meanwhile", type: "WORKFLOW_STARTED" };
    expect((await server.send("/events?source=new", event, { authorization })).status).toBe(200);
  } finally {
    held.letGo();
  }
  await Promise.all(slow);
});
