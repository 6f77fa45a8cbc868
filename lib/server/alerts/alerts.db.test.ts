import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { AcknowledgedAlerts, Alert, AlertDetail, AlertList } from "@/lib/core/alerts/alert";
import type { AlertPreview } from "@/lib/core/alerts/preview";
import type { AlertRule } from "@/lib/core/alerts/rule";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";
import { applyRetention } from "../retention/apply-retention";
import { judgeProject } from "./judge-project";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());
afterEach(async () => {
  for (const rule of await rules()) await server.fetch(`/api/alerts/rules/${rule.id}`, { method: "DELETE" });
  await server.services.pool`delete from alerts`;
});

const minuteMs = 60_000;
/** Judges as if it were so much later. */
const judge = (laterMs = 0) => judgeProject({ ...server.services, now: () => Date.now() + laterMs }, defaultProjectId);
const rules = async () => ((await (await server.fetch("/api/alerts/rules")).json()) as { rules: AlertRule[] }).rules;
const listed = async (state = "firing") => (await (await server.fetch(`/api/alerts?state=${state}`)).json()) as AlertList;
const detail = async (id: string) => (await (await server.fetch(`/api/alerts/${id}`)).json()) as AlertDetail;
const act = (id: string, verb: string, body: object) => server.send(`/api/alerts/${id}/${verb}`, body);

async function rule(wanted: object): Promise<AlertRule> {
  const reply = await server.send("/api/alerts/rules", { name: "R", ...wanted });
  expect(reply.status).toBe(201);
  return (await reply.json()) as AlertRule;
}

const event = (run: string, type: string, seq: number, more: object = {}) => ({
  ...{ workflow_id: run, type, seq, agent_id: "agent-a", timestamp: new Date().toISOString() },
  ...more,
});
async function run(id: string, end: "WORKFLOW_COMPLETED" | "WORKFLOW_FAILED", agent = "agent-a"): Promise<void> {
  const both = [event(id, "WORKFLOW_STARTED", 1, { agent_id: agent }), event(id, end, 2, { agent_id: agent, message: "broke" })];
  expect((await server.send("/events", both)).status).toBe(200);
}
const word = () => randomUUID().slice(0, 8);

describe("a rule for failed runs", () => {
  it("fires with the run that failed, is acknowledged once, muted, and recovers when the failures are past", async () => {
    const agent = `agent-${word()}`;
    const { id: ruleId } = await rule({ kind: "run-failed", alert: 2, warning: 1, windowMinutes: 15, filter: { agent } });
    await judge();
    await run(`w-${word()}`, "WORKFLOW_FAILED");
    await run(`w-${word()}`, "WORKFLOW_COMPLETED", agent);
    await judge();
    expect((await listed()).alerts).toEqual([]);

    await run("f-one", "WORKFLOW_FAILED", agent);
    await judge();
    const [alert, ...others] = (await listed()).alerts as [Alert, ...Alert[]];
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      rule: { id: ruleId, name: "R" },
      level: "warning",
      value: 1,
      threshold: 1,
      endedAt: null,
      acknowledged: null,
    });
    const { id: runId } = (await (await server.fetch("/api/runs/f-one")).json()) as { id: string };
    expect(alert.run).toEqual({ id: runId, seq: null });

    await run("f-two", "WORKFLOW_FAILED", agent);
    await judge();
    await judge();
    expect((await listed()).alerts).toMatchObject([{ id: alert.id, level: "alert", value: 2, threshold: 2 }]);
    expect((await rules()).map(({ firing }) => firing)).toEqual([1]);

    expect((await listed()).firing).toBe(1);
    const taken = await act(alert.id, "acknowledge", { note: "looking" });
    expect(((await taken.json()) as AlertDetail).alert.acknowledged).toMatchObject({ by: "local owner", note: "looking" });
    const again = await act(alert.id, "acknowledge", {});
    expect([again.status, ((await again.json()) as { error: { message: string } }).error.message]).toEqual([
      409,
      "local owner already acknowledged this alert.",
    ]);
    expect((await listed()).firing).toBe(0);

    await judge(17 * minuteMs);
    await judge(19 * minuteMs);
    expect((await listed()).alerts).toEqual([]);
    expect((await listed("ended")).alerts).toMatchObject([{ id: alert.id, level: "ok", worst: "alert", value: 2 }]);
    expect((await detail(alert.id)).log.map(({ step, told }) => [step, told])).toEqual([
      ["recovered", true],
      ["acknowledged", false],
      ["escalated", true],
      ["fired", true],
    ]);
    expect((await act(alert.id, "acknowledge", {})).status).toBe(409);
    expect((await act(alert.id, "mute", { until: new Date(Date.now() + 1_000).toISOString() })).status).toBe(409);
  });

  it("tells nobody while it is muted, and of the recovery afterwards", async () => {
    const agent = `agent-${word()}`;
    await rule({ kind: "run-failed", alert: 1, windowMinutes: 15, recoverSeconds: 0, filter: { agent } });
    await run(`m-${word()}`, "WORKFLOW_FAILED", agent);
    await judge();
    const [alert] = (await listed()).alerts as [Alert];
    expect((await act(alert.id, "mute", { until: new Date(Date.now() - 1).toISOString() })).status).toBe(400);
    const until = new Date(Date.now() + 60 * minuteMs).toISOString();
    expect(((await (await act(alert.id, "mute", { until })).json()) as AlertDetail).alert.mutedUntil).toBe(until);
    expect((await listed()).firing).toBe(0);
    await judge(20 * minuteMs);
    expect((await detail(alert.id)).log.map(({ step, told }) => [step, told])).toEqual([
      ["recovered", false],
      ["muted", false],
      ["fired", true],
    ]);
    await judge(61 * minuteMs);
    expect((await detail(alert.id)).log[0]).toMatchObject({ step: "reminded", level: "ok", told: true });
  });
});

describe("many alerts acknowledged at once", () => {
  it("are each taken once, with the note; what is taken, over or unknown is refused by itself and named", async () => {
    const agents = [word(), word(), word()];
    for (const agent of agents) {
      await rule({ name: `R ${agent}`, kind: "run-failed", alert: 1, windowMinutes: 15, filter: { agent } });
      await run(`many-${agent}`, "WORKFLOW_FAILED", agent);
    }
    await judge();
    const ids = (await listed()).alerts.map(({ id }) => id);
    expect(ids).toHaveLength(3);
    await act(ids[0] as string, "acknowledge", { note: "mine" });
    const unknown = randomUUID();
    const all = { alerts: [...ids, ids[1], unknown, "../x"], note: "ours" };
    const asReader = { method: "POST", headers: { "x-api-key": await server.key("read", "ingest") }, body: JSON.stringify(all) };
    expect((await fetch(`${server.url}/api/alerts/acknowledge`, asReader)).status).toBe(403);
    const reply = await server.send("/api/alerts/acknowledge", all);
    expect(reply.status).toBe(200);
    const { results, ...counts } = (await reply.json()) as AcknowledgedAlerts;
    expect(counts).toEqual({ acknowledged: 2, refused: 3 });
    expect(results.map(({ alert, error }) => [alert, error?.code ?? null])).toEqual([
      [ids[0], "conflict"],
      [ids[1], null],
      [ids[2], null],
      [unknown, "not_found"],
      ["../x", "not_found"],
    ]);
    expect((await listed()).firing).toBe(0);
    const notes = await Promise.all(ids.map(async (id) => (await detail(id)).alert.acknowledged?.note));
    expect(notes).toEqual(["mine", "ours", "ours"]);
    for (const wrong of [{ alerts: [] }, { alerts: [1] }, { alerts: ids, by: "somebody" }, { alerts: Array(201).fill(unknown) }])
      expect((await server.send("/api/alerts/acknowledge", wrong)).status).toBe(400);
  });
});

describe("each crossing is told once", () => {
  async function channel(): Promise<string> {
    const id = randomUUID();
    await server.services.pool`
      insert into webhooks (project_id, id, kind, url, events, secret, status, from_feed_seq, created_at_ms)
      values (${defaultProjectId}, ${id}, 'webhook', 'http://127.0.0.1:9/', '{}', 'x', 'active', 0, 0)`;
    return id;
  }
  const deliveries = (id: string) => server.services.pool`select type, body from webhook_deliveries where webhook_id = ${id} order by id`;

  it("although many judge at once", async () => {
    const told = await channel();
    const agent = `agent-${word()}`;
    await rule({ kind: "run-failed", alert: 1, filter: { agent }, channels: [told] });
    await run(`c-${word()}`, "WORKFLOW_FAILED", agent);
    await Promise.all(Array.from({ length: 20 }, () => judge()));
    await judge();
    const sent = await deliveries(told);
    expect(sent.map(({ type }) => type)).toEqual(["alert.fired"]);
    expect(JSON.parse(sent[0]?.body)).toMatchObject({ type: "alert.fired", data: { rule: "R", level: "alert", value: 1, threshold: 1 } });
  });

  it("although the judge is stopped between the verdict and the message: of neither anything is kept", async () => {
    const { pool } = server.services;
    const told = await channel();
    const agent = `agent-${word()}`;
    await rule({ kind: "run-failed", alert: 1, filter: { agent }, channels: [told] });
    await run(`k-${word()}`, "WORKFLOW_FAILED", agent);
    await pool.begin(async (tx) => {
      await tx`lock table webhook_deliveries in exclusive mode`;
      const judging = judge().then(
        () => "done",
        () => "stopped",
      );
      for (let stopped = 0; stopped === 0; ) {
        // Not in the transaction, which would see the activity as it was at its first look.
        const rows = await pool`
          select pg_cancel_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%insert into webhook_deliveries%'`;
        stopped = rows.length;
      }
      expect(await judging).toBe("stopped");
    });
    expect((await listed()).alerts).toEqual([]);
    await judge();
    await judge();
    expect((await listed()).alerts).toHaveLength(1);
    expect((await deliveries(told)).map(({ type }) => type)).toEqual(["alert.fired"]);
  });
});

describe("a rule for", () => {
  it("the error rate is without data while too few runs ended, fires, and says when the data ends", async () => {
    const agent = `agent-${word()}`;
    await rule({ kind: "error-rate", alert: 50, warning: 20, minRuns: 4, windowMinutes: 15, recoverSeconds: 0, filter: { agent } });
    for (const n of [1, 2, 3]) await run(`e-${agent}-${n}`, "WORKFLOW_FAILED", agent);
    await judge();
    expect((await listed()).alerts).toEqual([]);
    await run(`e-${agent}-4`, "WORKFLOW_COMPLETED", agent);
    await judge();
    expect((await listed()).alerts).toMatchObject([{ level: "alert", value: 75, threshold: 50 }]);
    for (const n of [5, 6, 7, 8, 9]) await run(`e-${agent}-${n}`, "WORKFLOW_COMPLETED", agent);
    await judge();
    expect((await listed()).alerts).toMatchObject([{ level: "warning", value: 33.3, threshold: 20 }]);
    await judge(16 * minuteMs);
    expect((await listed()).alerts).toMatchObject([{ level: "no-data", value: 33.3 }]);
    expect((await listed()).firing).toBe(0);
  });

  it("a human who lets wait too long fires for each request on its own, and is over with the decision", async () => {
    const agent = `agent-${word()}`;
    await rule({ kind: "waiting", alert: 10, warning: 5, recoverSeconds: 0, filter: { agent } });
    await server.send("/events", [event(`q-${agent}`, "WORKFLOW_STARTED", 1, { agent_id: agent })]);
    const asked = await server.send("/api/approvals", {
      run: `q-${agent}`,
      kind: "confirmation",
      question: "Go on?",
      expiresInSeconds: 86_400,
    });
    const approval = (await asked.json()) as { id: string; actionHash: string };
    await judge(4 * minuteMs);
    expect((await listed()).alerts).toEqual([]);
    await judge(6 * minuteMs);
    expect((await listed()).alerts).toMatchObject([{ kind: "waiting", level: "warning", threshold: 5 }]);
    await judge(11 * minuteMs);
    const [alert] = (await listed()).alerts as [Alert];
    expect(alert).toMatchObject({ level: "alert", threshold: 10, run: { seq: 2 } });
    expect(Date.now() - Date.parse(alert.measuredFrom ?? "")).toBeLessThan(minuteMs);
    const decided = await server.send(`/api/approvals/${approval.id}/decision`, { decision: "approve", actionHash: approval.actionHash });
    expect(decided.status).toBe(200);
    await judge(12 * minuteMs);
    expect((await listed()).alerts).toEqual([]);
  });

  it("stalled runs fires for a run that went silent, not for one that ended, and is over when it goes on", async () => {
    const agent = `agent-${word()}`;
    await rule({ kind: "stalled", alert: 10, recoverSeconds: 0, filter: { agent } });
    await server.send("/events", [event(`s-${agent}`, "WORKFLOW_STARTED", 1, { agent_id: agent })]);
    await run(`s-${agent}-ended`, "WORKFLOW_COMPLETED", agent);
    await judge(7 * minuteMs);
    expect((await listed()).alerts).toEqual([]);
    await judge(11 * minuteMs);
    expect((await listed()).alerts).toMatchObject([{ kind: "stalled", level: "alert", about: agent }]);
    await server.send("/events", [event(`s-${agent}`, "WORKFLOW_COMPLETED", 2, { agent_id: agent })]);
    await judge(11 * minuteMs);
    expect((await listed()).alerts).toEqual([]);
  });

  it("a silent source fires for each source on its own and is over with the first event", async () => {
    await server.send("/api/ingest/crewship?source=quiet-crew&run=n-1", [{ event: "run.started", data: { run_id: "n-1" } }]);
    await rule({ kind: "no-data", alert: 30, recoverSeconds: 0, filter: { dialect: "crewship" } });
    await judge();
    expect((await listed()).alerts).toEqual([]);
    await server.services.pool`update alert_heard set at_ms = at_ms - ${31 * minuteMs}`;
    await judge(10_000);
    const fired = (await listed()).alerts;
    expect(fired).toMatchObject([{ kind: "no-data", level: "alert", threshold: 30 }]);
    expect(fired[0]?.about).toMatch(/^crewship\//);
    await server.send("/api/ingest/crewship?source=quiet-crew&run=n-1", [{ event: "run.finished", data: { run_id: "n-1" } }]);
    await judge(20_000);
    expect((await listed()).alerts).toEqual([]);
  });

  it("a crossed budget fires with the event that crossed, and once for each threshold", async () => {
    const agent = `agent-${word()}`;
    const budget = {
      name: `Day of ${agent}`,
      scope: "agent",
      target: agent,
      unit: "tokens",
      amount: 100,
      window: "day",
      thresholds: [80, 100],
    };
    expect((await server.send("/api/budgets", budget)).status).toBe(201);
    await rule({ kind: "budget-crossed", warning: 80, alert: 100, filter: { q: agent } });
    const spend = (seq: number, tokens: number) =>
      event(`b-${agent}`, "LLM_OUTPUT", seq, { agent_id: agent, payload: { tokens_used: tokens } });
    await server.send("/events", [spend(1, 85)]);
    await judge();
    expect((await listed()).alerts).toMatchObject([
      { level: "warning", value: 80, about: `Day of ${agent}, ${agent}: 85 tokens of 100 tokens a day`, run: { seq: 1 } },
    ]);
    await server.send("/events", [spend(2, 20)]);
    await judge();
    await judge(minuteMs);
    const fired = (await listed()).alerts as [Alert];
    expect(fired).toMatchObject([{ level: "alert", value: 100 }]);
    expect((await detail(fired[0].id)).log.map(({ step }) => step)).toEqual(["escalated", "fired"]);
  });
});

describe("the live stream", () => {
  it("tells a page how alerts stand, then every step once, also those that happened while it was away", async () => {
    const agent = `agent-${word()}`;
    await rule({ kind: "run-failed", alert: 1, filter: { agent } });
    const first = await readStream(server.fetch, "/api/stream?alerts=");
    const greeting = await first.until("event: alerts");
    const n = Number(/"n":(\d+)/.exec(greeting)?.[1]);
    await run(`l-${agent}`, "WORKFLOW_FAILED", agent);
    await judge();
    server.services.alerts.changed(defaultProjectId);
    const told = await first.until('"step":"fired"');
    expect(told).toContain(`"n":${n + 1},"firing":1`);
    first.close();
    const [alert] = (await listed()).alerts as [Alert];
    await act(alert.id, "acknowledge", { note: null });
    const later = await readStream(server.fetch, `/api/stream?alerts=${n + 1}`);
    const missed = await later.until('"step":"acknowledged"');
    expect(missed).not.toContain('"step":"fired"');
    expect(missed).toContain('"firing":0');
    later.close();
  });
});

describe("the look back of a rule", () => {
  const preview = async (wanted: object) => {
    const reply = await server.send("/api/alerts/rules/preview", { name: "P", ...wanted });
    expect(reply.status).toBe(200);
    return (await reply.json()) as AlertPreview;
  };

  it("says how often each kind would have fired, from what is stored, and changes nothing", async () => {
    const agent = `agent-${word()}`;
    const filter = { agent };
    const ago = (days: number, run: string, type: string, seq: number) =>
      event(run, type, seq, { agent_id: agent, timestamp: new Date(Date.now() - days * 86_400_000).toISOString() });
    for (const days of [1, 3, 5, 9]) {
      const id = `p-${agent}-${days}`;
      await server.send("/events", [ago(days, id, "WORKFLOW_STARTED", 1), ago(days, id, "WORKFLOW_FAILED", 2)]);
    }
    expect(await preview({ kind: "run-failed", alert: 1, filter })).toMatchObject({ fired: 3, alerts: 3 });
    expect(await preview({ kind: "run-failed", alert: 2, warning: 1, filter })).toMatchObject({ fired: 3, alerts: 0 });
    expect(await preview({ kind: "run-failed", alert: 2, windowMinutes: 1_440, filter })).toMatchObject({ fired: 0 });
    expect(await preview({ kind: "error-rate", alert: 50, minRuns: 1, filter })).toMatchObject({ fired: 3 });
    expect(await preview({ kind: "error-rate", alert: 50, minRuns: 2, filter })).toMatchObject({ fired: 0 });
    await server.services.pool`update approvals set asked_at_ms = asked_at_ms - ${20 * minuteMs}`;
    expect((await preview({ kind: "waiting", alert: 15 })).fired).toBeGreaterThanOrEqual(1);
    expect(await preview({ kind: "waiting", alert: 60 })).toMatchObject({ fired: 0 });
    for (const kind of ["stalled", "no-data", "budget-crossed"])
      expect((await preview({ kind, alert: 80 })).fired).toBeGreaterThanOrEqual(0);
    expect((await preview({ kind: "budget-crossed", alert: 100, warning: 80 })).alerts).toBeGreaterThanOrEqual(1);
    expect(await rules()).toEqual([]);
    expect((await listed()).alerts).toEqual([]);
  });
});

describe("what is over", () => {
  it("is kept for ninety days with what became of it, what fires for as long as it fires", async () => {
    const agent = `agent-${word()}`;
    const { id } = await rule({ kind: "run-failed", alert: 1, filter: { agent } });
    await run(`o-${agent}`, "WORKFLOW_FAILED", agent);
    await judge();
    const [alert] = (await listed()).alerts as [Alert];
    const forget = (days: number) => applyRetention(server.services.pool, Date.now() + days * 86_400_000);
    await forget(400);
    expect((await detail(alert.id)).log).toHaveLength(1);
    await server.fetch(`/api/alerts/rules/${id}`, { method: "DELETE" });
    await forget(89);
    expect((await detail(alert.id)).log).toHaveLength(2);
    await forget(91);
    expect((await server.fetch(`/api/alerts/${alert.id}`)).status).toBe(404);
    expect(await server.services.pool`select n from alert_log where alert_id = ${alert.id}`).toHaveLength(0);
  });
});

it("looks at the runs and sources of one environment alone, as a rule that was made before there were any looks at all", async () => {
  const [east, west, agent] = [`east-${word()}`, `west-${word()}`, `agent-${word()}`];
  const fail = (source: string) =>
    server.send(
      `/api/ingest/shannon?source=${source}`,
      event(`run-${source}`, "WORKFLOW_FAILED", 1, { agent_id: agent, message: "broke" }),
    );
  const environment = `live ${word()}`;
  await server.send("/api/sources", { dialect: "shannon", name: east, environment });
  for (const source of [west, east]) await fail(source);
  const filter = { environment };
  const narrow = await rule({ name: "narrow", kind: "run-failed", alert: 1, windowMinutes: 15, filter });
  const wide = await rule({ name: "wide", kind: "run-failed", alert: 1, windowMinutes: 15, filter: { agent } });
  await server.services.pool`
    update alert_rules set settings = (settings::jsonb #- '{filter,environment}')::json where id = ${wide.id}`;
  await rule({ name: "silent", kind: "no-data", alert: 5, filter });
  const preview = await server.send("/api/alerts/rules/preview", { name: "P", kind: "run-failed", alert: 1, filter });
  expect((await preview.json()) as AlertPreview).toMatchObject({ fired: 1 });
  await judge();
  expect((await listed()).alerts.map(({ rule, value }) => [rule.name, value]).sort()).toEqual([
    ["narrow", 1],
    ["wide", 2],
  ]);
  expect((await rules()).find(({ id }) => id === wide.id)?.filter).toEqual({ dialect: null, environment: null, agent, q: null });
  await judge(6 * minuteMs);
  expect((await listed()).alerts.filter((alert) => alert.rule.name === "silent").map(({ about }) => about)).toEqual([`shannon/${east}`]);
  expect((await rules()).find(({ id }) => id === narrow.id)?.filter.environment).toBe(environment);
});

describe("the rules of a project", () => {
  it.each<[object, string]>([
    [{ kind: "broken" }, "kind"],
    [{ alert: 0 }, "alert"],
    [{ alert: 1.5 }, "alert"],
    [{ warning: 3, alert: 3 }, "warning"],
    [{ kind: "error-rate", alert: 101 }, "alert"],
    [{ kind: "no-data", filter: { agent: "a" } }, "filter.agent"],
    [{ kind: "budget-crossed", filter: { dialect: "shannon" } }, "filter.dialect"],
    [{ kind: "budget-crossed", filter: { environment: "production" } }, "filter.environment"],
    [{ windowMinutes: 0 }, "windowMinutes"],
    [{ name: " " }, "name"],
    [{ channels: ["wh_00000000000000000000000000000000"] }, "channels"],
  ])("refuse %j and name the field", async (wanted, path) => {
    const reply = await server.send("/api/alerts/rules", { name: "R", kind: "run-failed", alert: 1, ...wanted });
    expect(reply.status).toBe(400);
    expect(((await reply.json()) as { error: { path: string } }).error.path).toBe(path);
  });

  it("change one field at a time, end what fires when they are switched off, and are unknown once deleted", async () => {
    const agent = `agent-${word()}`;
    const { id } = await rule({ kind: "run-failed", alert: 1, filter: { agent }, windowMinutes: 30 });
    await run(`x-${word()}`, "WORKFLOW_FAILED", agent);
    await judge();
    const patch = (body: object, at = id) =>
      server.fetch(`/api/alerts/rules/${at}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect(await (await patch({ name: "Other" })).json()).toMatchObject({
      name: "Other",
      windowMinutes: 30,
      alert: 1,
      filter: { agent },
      firing: 1,
    });
    expect((await patch({ warning: 2 })).status).toBe(400);
    expect(await (await patch({ enabled: false })).json()).toMatchObject({ enabled: false, firing: 0 });
    const [ended] = (await listed("ended")).alerts as [Alert];
    expect((await detail(ended.id)).log[0]).toMatchObject({ step: "ended", told: false });
    expect((await patch({}, randomUUID())).status).toBe(404);
    expect((await patch({}, "nonsense")).status).toBe(404);
    expect((await server.fetch(`/api/alerts/rules/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await server.fetch(`/api/alerts/rules/${id}`, { method: "DELETE" })).status).toBe(404);
    expect((await server.fetch(`/api/alerts/${randomUUID()}`)).status).toBe(404);
    expect((await act(randomUUID(), "acknowledge", {})).status).toBe(404);
  });
});
