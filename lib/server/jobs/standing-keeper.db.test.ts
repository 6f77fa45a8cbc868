import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { Approval } from "@/lib/core/api/approval";
import { otherProjectKey } from "@/test/other-project";
import { startTestServer, type TestServer } from "@/test/server";
import { applyStanding } from "../standing/apply-standing";
import { StandingKeeper } from "./standing-keeper";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const as = (key: string) => ({ authorization: `Bearer ${key}` });

async function ask(key: string, more: object = {}): Promise<Approval> {
  const request = { run: "r", kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, agent: "cleaner", ...more };
  const asked = (await (await server.send("/api/approvals", request, as(key))).json()) as Approval;
  // Who allows is not who asks.
  await server.services.pool`update approvals set asked_by = null where id = ${asked.id}`;
  return asked;
}

async function allow(key: string): Promise<void> {
  await server.send("/events", { workflow_id: "r", type: "WORKFLOW_STARTED", seq: 1, agent_id: "cleaner" }, as(key));
  const { id, actionHash } = await ask(key);
  const wanted = { decision: "approve", actionHash, standing: { uses: 5, minutes: 30 } };
  expect((await server.send(`/api/approvals/${id}/decision`, wanted, as(key))).status).toBe(200);
}

it("what cannot be looked through in one project keeps nothing from being approved in another", async () => {
  const { pool } = server.services;
  const keys = [
    await otherProjectKey(server, ["ingest", "read", "decide"]),
    await otherProjectKey(server, ["ingest", "read", "decide"]),
  ] as const;
  for (const key of keys) await allow(key);
  const [broken, sound] = [await ask(keys[0]), await ask(keys[1])];
  await pool`update standing_approvals set arguments = '{' where project_id = (select project_id from approvals where id = ${broken.id})`;
  const keeper = new StandingKeeper(server.services);
  await keeper.round();
  await keeper.stop();
  const [row] = await pool`select status from approvals where id = ${sound.id}`;
  expect(row?.status).toBe("approved");
});

it("what is allowed in advance is looked for also after the clock was set back", async () => {
  const { pool, standing, now } = server.services;
  await standing.stop();
  const key = await otherProjectKey(server, ["ingest", "read", "decide"]);
  const clock = { aheadMs: 3 * 3_600_000 };
  const keeper = new StandingKeeper({ ...server.services, now: () => now() + clock.aheadMs });
  await keeper.round();
  clock.aheadMs = 0;
  await allow(key);
  const asked = await ask(key);
  // It was woken by something else, in a project in which nothing is allowed: that alone is no reason to look.
  keeper.allowed(defaultProjectId);
  await keeper.round();
  await keeper.stop();
  const [row] = await pool`select status from approvals where id = ${asked.id}`;
  expect(row?.status).toBe("approved");
});

it("of what waits no text is read that is not needed, each of which may be as long as an event", async () => {
  const { pool, standing } = server.services;
  await standing.stop();
  const key = await otherProjectKey(server, ["ingest", "read", "decide"]);
  await allow(key);
  const [other, denied, fitting] = [
    await ask(key, { arguments: { path: "/tmp/b" } }),
    await ask(key, { id: "denied", allowed: ["deny"] }),
    await ask(key, { id: "fitting" }),
  ];
  // Texts that nobody can read.
  await pool`update approvals set answer = '{', edited_arguments = '{' where id = ${other.id}`;
  await pool`update approvals set arguments = '{' where id = ${denied.id}`;
  const keeper = new StandingKeeper(server.services);
  await keeper.round();
  await keeper.stop();
  const rows = await pool`select status from approvals where id in ${pool([other.id, denied.id, fitting.id])} order by asked_at_ms, key`;
  expect(rows.map(({ status }) => status).sort()).toEqual(["approved", "pending", "pending"]);
});

it("goes on approving however many requests it has found not to fit", async () => {
  const { pool, standing } = server.services;
  await standing.stop();
  const key = await otherProjectKey(server, ["ingest", "read", "decide"]);
  await allow(key);
  const asked = await ask(key);
  const [row] = await pool<{ id: string; project_id: string }[]>`
    select s.id, s.project_id from standing_approvals s join approvals a on a.project_id = s.project_id where a.id = ${asked.id}`;
  if (!row) throw new Error("nothing is allowed");
  const refused = new Set(Array.from({ length: 70_000 }, () => randomUUID()));
  await applyStanding(row.project_id, new Map([[row.id, refused]]));
  expect((await pool`select status from approvals where id = ${asked.id}`)[0]?.status).toBe("approved");
});
