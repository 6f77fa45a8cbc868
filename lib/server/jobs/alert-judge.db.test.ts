import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { startTestServer, type TestServer } from "@/test/server";
import { AlertJudge } from "./alert-judge";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

const rule = (filter: object) => server.send("/api/alerts/rules", { name: "Failures", kind: "run-failed", alert: 1, filter });

it("a rule that cannot be judged keeps no other project's from being judged", async () => {
  const { pool } = server.services;
  expect((await rule({ q: "poison" })).status).toBe(201);
  await pool`update alert_rules set settings = replace(settings::text, 'poison', ${"a\\u0000b"})::json`;
  const copied = ["sound", "broken", "sound", "broken", "sound", "broken"];
  for (const kind of copied) {
    const project = randomUUID();
    await pool`insert into projects (id, name) values (${project}, ${kind})`;
    await pool`insert into feed_heads (project_id, seq) values (${project}, 0)`;
    await pool`insert into alert_turns (project_id, active, feed_seq, due_at_ms, log_seq, revision) values (${project}, true, 0, 0, 0, 0)`;
    if (kind === "broken")
      await pool`
        insert into alert_rules (project_id, id, name, kind, enabled, settings, channels, created_at_ms, updated_at_ms)
        select ${project}, gen_random_uuid(), name, kind, enabled, settings, channels, created_at_ms, updated_at_ms
        from alert_rules where project_id = ${defaultProjectId}`;
  }
  const judge = new AlertJudge(server.services, () => {});
  expect(await judge.round()).toBe(false);
  await judge.stop();
  const turns =
    await pool`select p.name, t.due_at_ms > 0 as judged from alert_turns t join projects p on p.id = t.project_id order by p.name`;
  const judged = Object.fromEntries(turns.map((turn) => [turn.name as string, turn.judged as boolean]));
  expect(judged).toEqual({ Default: false, broken: false, sound: true });
});

it.each([{ q: "a\u0000b" }, { agent: "a\u0000b" }])("a rule with a character that no name has is refused: %j", async (filter) => {
  const reply = await rule(filter);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path: `filter.${Object.keys(filter)[0]}` } });
});

it("rules that depend on the time are judged on when the clock was set back, whichever server had judged last", async () => {
  const { pool, now } = server.services;
  await pool`delete from alert_rules`;
  const project = randomUUID();
  await pool`insert into projects (id, name) values (${project}, 'Set back')`;
  await pool`insert into feed_heads (project_id, seq) values (${project}, 0)`;
  const aheadMs = now() + 3_600_000;
  await pool`insert into alert_turns (project_id, active, feed_seq, due_at_ms, log_seq, revision) values (${project}, true, 0, ${aheadMs}, 0, 0)`;
  const judge = new AlertJudge(server.services, () => {});
  await judge.round();
  await judge.stop();
  const [turn] = await pool`select due_at_ms from alert_turns where project_id = ${project}`;
  expect(Number(turn?.due_at_ms)).toBeLessThan(aheadMs);
});
