import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { AlertNews } from "@/lib/core/alerts/alert";
import { startTestServer, type TestServer } from "@/test/server";
import { AlertWatch } from "./alert-watch";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

/** An alert whose log has this many entries. */
async function alertWith(entries: number): Promise<void> {
  const { pool } = server.services;
  const alert = randomUUID();
  await pool`
    insert into alerts (project_id, id, rule_id, rule_name, kind, subject, level, worst, threshold, window_minutes, fired_at_ms)
    values (${defaultProjectId}, ${alert}, ${randomUUID()}, 'R', 'run-failed', '', 'alert', 'alert', 1, 15, 1)`;
  await pool`
    insert into alert_log (project_id, n, alert_id, at_ms, step, level, told)
    select ${defaultProjectId}, n, ${alert}, n, 'alert', 'alert', true from generate_series(1, ${entries}::int) n`;
  await pool`
    insert into alert_turns (project_id, active, feed_seq, due_at_ms, log_seq, revision)
    values (${defaultProjectId}, false, 0, 0, ${entries}, ${entries})`;
}

it("a page that joins while the alerts are read for another one is told all that its own has not got", async () => {
  await alertWith(3);
  const watch = new AlertWatch({ ...server.services, tell: () => {} });
  const told = (after: number) => {
    const got: number[] = [];
    return new Promise<number[]>((resolve) => {
      watch.follow(defaultProjectId, after, (news: AlertNews) => {
        got.push(...news.entries.map(({ n }) => n));
        if (news.n === 3) resolve(got);
      });
    });
  };
  // The second comes while the question for the first is out.
  expect(await Promise.all([told(2), told(0)])).toEqual([[3], [1, 2, 3]]);
});
