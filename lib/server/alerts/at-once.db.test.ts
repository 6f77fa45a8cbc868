import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

it("of many who acknowledge an alert at once one does, and each of the others is told who it was", async () => {
  const id = "01900000-0000-7000-8000-000000000001";
  await server.services.pool`
    insert into alerts (project_id, id, rule_id, rule_name, kind, subject, level, worst, threshold, fired_at_ms)
    values (${defaultProjectId}, ${id}, gen_random_uuid(), 'Failures', 'run-failed', '', 'alert', 'alert', 1, 1)`;
  // More than there are connections for: none of them may keep one and wait for another.
  const replies = await Promise.all(Array.from({ length: 40 }, () => server.send(`/api/alerts/${id}/acknowledge`, {})));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 39 }, () => 409)]);
  const refused = replies.find(({ status }) => status === 409);
  expect(await refused?.json()).toMatchObject({
    error: { code: "conflict", message: "local owner already acknowledged this alert." },
    alert: { acknowledged: { by: "local owner" } },
  });
});
