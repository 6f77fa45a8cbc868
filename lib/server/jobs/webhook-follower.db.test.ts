import { afterAll, beforeAll, expect, it } from "vitest";
import { otherProjectKey } from "@/test/other-project";
import { startTestServer, type TestServer } from "@/test/server";
import { WebhookFollower } from "./webhook-follower";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

const as = (key: string) => ({ authorization: `Bearer ${key}` });

it("a project whose feed cannot be turned into deliveries keeps no other project's from being turned into them", async () => {
  const { pool } = server.services;
  for (const name of ["sound", "broken", "sound", "broken", "sound"]) {
    const key = await otherProjectKey(server, ["ingest", "admin"]);
    await server.send("/webhooks", { url: "http://127.0.0.1:9/", events: ["session.*"] }, as(key));
    await server.send("/api/ingest/resonant", { id: "evt_1", type: "session.started", data: { session_id: name } }, as(key));
  }
  await pool`update runs set state = '"broken"' where external_id = 'broken'`;
  const follower = new WebhookFollower(server.services, () => {});
  expect(await follower.round()).toBe(false);
  await follower.stop();
  const rows = await pool`
    select r.external_id, count(d.id)::int as deliveries from runs r left join webhook_deliveries d on d.project_id = r.project_id
    where r.kind = 'run' group by r.project_id, r.external_id order by r.external_id`;
  expect(rows.map((row) => [row.external_id, row.deliveries])).toEqual([
    ...[0, 0].map((n) => ["broken", n]),
    ...[1, 1, 1].map((n) => ["sound", n]),
  ]);
});
