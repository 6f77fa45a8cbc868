import { createHmac, randomBytes } from "node:crypto";
import { Webhook as Verifier } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Webhook, WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { type Received, type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { Sealer } from "../secrets/seal";
import { uuidOf } from "./public-id";

let server: TestServer;
const receivers: Receiver[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  for (const hook of await hooks()) await server.fetch(`/webhooks/${hook.id}`, { method: "DELETE" });
  for (const receiver of receivers.splice(0)) await receiver.stop();
});
afterAll(() => server.stop());

async function receiver(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
  const made = await startReceiver(...answer);
  receivers.push(made);
  return made;
}

async function hooks(): Promise<Webhook[]> {
  return ((await (await server.fetch("/webhooks")).json()) as { data: Webhook[] }).data;
}

async function create(url: string, events: string[], more: object = {}): Promise<WebhookWithSecret> {
  const reply = await server.send("/webhooks", { url, events, ...more });
  expect(reply.status).toBe(201);
  return (await reply.json()) as WebhookWithSecret;
}

const session = (id: string, type: string, about: object = {}) => ({
  id: `evt_${id}_${type}`,
  type,
  created_at: "2026-02-21T03:27:00Z",
  data: { session_id: id, ...about },
  metadata: { user_id: "user_456", organization_id: "org_789", request_id: "req_xyz" },
});
const types = (received: readonly Received[]) => received.map((one) => one.json.type ?? one.json.event).sort();

describe("a webhook", () => {
  it("gets the envelope as it was sent, signed so that anybody can check it", async () => {
    const target = await receiver();
    const { secret, ...hook } = await create(`${target.url}/webhook`, ["session.completed"], { secret: "your_webhook_secret" });
    expect({ secret, status: hook.status, events: hook.events }).toEqual({
      secret: "your_webhook_secret",
      status: "active",
      events: ["session.completed"],
    });
    const sent = session("sess_123", "session.completed", { agent_id: "agent_456", status: "completed", steps: 5, tokens_used: 2500 });
    await server.send("/api/ingest/resonant", sent);
    const [one] = (await target.until(1)) as [Received];
    expect(one.json).toEqual(sent);
    expect(one.headers["x-webhook-signature"]).toBe(`sha256=${createHmac("sha256", "your_webhook_secret").update(one.body).digest("hex")}`);
    const headers = one.headers as Record<string, string>;
    expect(new Verifier("your_webhook_secret", { format: "raw" }).verify(one.body, headers)).toEqual(sent);
    expect(headers["x-webhook-id"]).toBe(headers["webhook-id"]);
    expect(headers).toMatchObject({ "content-type": "application/json", "x-webhook-event": "session.completed", "x-webhook-attempt": "1" });
  });

  it("gets every type that is stored: what a header cannot hold is percent-encoded there and exact in the body", async () => {
    const target = await receiver();
    await create(target.url, ["odd.*", "run.succeeded"]);
    const odd = ["odd.日本", "odd.💥", "odd.é", "odd.a\r\nX: 1", "odd.100%"];
    await server.send(
      "/api/ingest/resonant",
      odd.map((type, n) => session(`sess_odd_${n}`, type)),
    );
    const told = await target.until(odd.length);
    expect(types(told)).toEqual([...odd].sort());
    expect(told.map((one) => decodeURIComponent(one.headers["x-webhook-event"] as string)).sort()).toEqual([...odd].sort());
    expect(told.map((one) => one.headers.x)).toEqual(odd.map(() => undefined));
  });

  it("is told of the runs of every system in the same words", async () => {
    const target = await receiver();
    await create(target.url, ["session.started", "session.completed", "session.failed"]);
    await server.send("/api/ingest/shannon", [
      { workflow_id: "wf-told", type: "WORKFLOW_STARTED", payload: { query: "why?" }, seq: 1 },
      { workflow_id: "wf-told", type: "WORKFLOW_COMPLETED", payload: {}, seq: 2 },
    ]);
    await server.send("/api/ingest", [
      { event_type: "run_start", sdk_run_id: "ao-told", agent_name: "a", payload: {} },
      { event_type: "error", sdk_run_id: "ao-told", agent_name: "a", payload: { error_type: "E", message: "no" } },
    ]);
    await server.send("/api/ingest/crewship?run=cs-told", [
      { type: "run.started", run_id: "cs-told" },
      { type: "run.completed", run_id: "cs-told", duration_ms: 5 },
    ]);
    await server.send("/api/ingest/powabase?run=pb-told", [
      { event: "start", run_id: "pb-told" },
      { event: "complete", run_id: "pb-told" },
    ]);
    const told = await target.until(8);
    const of = (run: string) => types(told.filter((one) => one.json.data.session_id === run));
    expect(of("wf-told")).toEqual(["session.completed", "session.started"]);
    expect(of("ao-told")).toEqual(["session.failed", "session.started"]);
    expect(of("cs-told")).toEqual(["session.completed", "session.started"]);
    expect(of("pb-told")).toEqual(["session.completed", "session.started"]);
  });

  it("gets what its patterns ask for and nothing else", async () => {
    const [all, sessions, steps, agents] = [await receiver(), await receiver(), await receiver(), await receiver()] as const;
    await create(all.url, ["*"]);
    await create(sessions.url, ["Session.*"]);
    await create(steps.url, ["session.step.*", "user.login"]);
    await create(agents.url, ["agent.*"]);
    const s = "sess_patterns";
    await server.send("/api/ingest/resonant", [
      session(s, "session.started"),
      session(s, "session.step.completed", { step_number: 1 }),
      session(s, "session.completed"),
      { id: "evt_agent", type: "agent.created", data: { agent_id: "agent_123", name: "Research Assistant" } },
      { id: "evt_login", type: "user.login", data: { user_id: "user_123" } },
      { id: "evt_new", type: "system.maintenance", data: {} },
    ]);
    expect(types(await all.until(6))).toEqual([
      "agent.created",
      "session.completed",
      "session.started",
      "session.step.completed",
      "system.maintenance",
      "user.login",
    ]);
    expect(types(await sessions.until(3))).toEqual(["session.completed", "session.started", "session.step.completed"]);
    expect(types(await steps.until(2))).toEqual(["session.step.completed", "user.login"]);
    expect(types(await agents.until(1))).toEqual(["agent.created"]);
    await settled();
    expect([all, sessions, steps, agents].map((one) => one.received.length)).toEqual([6, 3, 2, 1]);
  });

  it("gets a run's end in Crewship's words and headers when it asks for them", async () => {
    const target = await receiver();
    const { secret } = await create(target.url, ["run.succeeded", "run.failed"]);
    await server.send("/api/ingest/crewship?run=cs-end", [
      { type: "run.started", input: { topic: "AI", depth: 3 } },
      { type: "run.completed", duration_ms: 5, result: { text: "done" } },
    ]);
    await server.send("/api/ingest/shannon", { workflow_id: "wf-end", type: "WORKFLOW_FAILED", payload: { error: "no" }, seq: 1 });
    const told = await target.until(2);
    const good = told.find((one) => one.json.event === "run.succeeded") as Received;
    expect(good.json.data).toMatchObject({
      ...{ id: "cs-end", status: "succeeded" },
      ...{ input: { topic: "AI", depth: 3 }, output: { text: "done" } },
    });
    expect(told.find((one) => one.json.event === "run.failed")?.json.data).toMatchObject({ id: "wf-end", status: "failed" });
    expect(good.headers).toMatchObject({
      "x-crewship-event": "run.succeeded",
      "x-crewship-delivery": good.headers["webhook-id"],
      "x-crewship-signature": `sha256=${createHmac("sha256", secret).update(good.body).digest("hex")}`,
    });
    expect(good.headers["x-crewship-timestamp"]).toMatch(/^\d{10}$/);
  });

  it("hears of approvals and budgets, for which ResonantGenesis has no words", async () => {
    const target = await receiver();
    await create(target.url, ["approval.*", "budget.crossed"]);
    await server.send("/api/ingest/shannon", [
      { workflow_id: "wf-ask", type: "APPROVAL_REQUESTED", payload: { approval_id: "ap-1", tool: "wire", reason: "Send it?" }, seq: 1 },
      { workflow_id: "wf-ask", type: "APPROVAL_DECISION", payload: { approval_id: "ap-1", decision: "approved" }, seq: 2 },
      { workflow_id: "wf-ask", type: "BUDGET_THRESHOLD", payload: { usage_percent: 81, threshold_percent: 80 }, seq: 3 },
    ]);
    const told = await target.until(3);
    expect(types(told)).toEqual(["approval.decided", "approval.requested", "budget.crossed"]);
    const asked = told.find((one) => one.json.type === "approval.requested");
    const { approvals } = (await (await server.fetch("/api/approvals?run=wf-ask&status=approved")).json()) as {
      approvals: { id: string; actionHash: string }[];
    };
    // By this id and hash a receiver can decide.
    expect(asked?.json.data).toMatchObject({
      run_id: "wf-ask",
      approval_id: approvals[0]?.id,
      approval_key: "ap-1",
      action_hash: approvals[0]?.actionHash,
    });
    expect(String(asked?.json.data.run_url)).toMatch(/\/runs\/[0-9a-f-]{36}$/);
  });

  it("carries a person's decision to the agent, with what was decided about", async () => {
    const target = await receiver();
    await create(target.url, ["approval.decided"]);
    const request = { approval_id: "ap-wire", tool: "wire", arguments: { to: "ACME", amount: 9 } };
    await server.send("/api/ingest/shannon", { workflow_id: "wf-decide", type: "APPROVAL_REQUESTED", payload: request, seq: 1 });
    const { approvals } = (await (await server.fetch("/api/approvals?status=pending")).json()) as {
      approvals: { id: string; key: string; actionHash: string }[];
    };
    const { id, actionHash } = approvals[0] ?? { id: "", actionHash: "" };
    const decided = await server.send(`/api/approvals/${id}/decision`, { decision: "deny", actionHash, comment: "Not today" });
    expect(decided.status).toBe(200);
    const [told] = (await target.until(1)) as [Received];
    expect(told.json.data).toMatchObject({
      run_id: "wf-decide",
      approval_id: id,
      approval_key: "ap-wire",
      decision: "denied",
      comment: "Not today",
    });
  });

  it("is told nothing of what happened before it was made", async () => {
    const target = await receiver();
    await server.send("/api/ingest/resonant", session("sess_before", "session.started"));
    await create(target.url, ["*"]);
    await server.send("/api/ingest/resonant", session("sess_before", "session.completed"));
    expect(types(await target.until(1))).toEqual(["session.completed"]);
    await settled();
    expect(target.received.length).toBe(1);
  });
});

/** Resolves when the feed was turned into deliveries and all of them were sent and reported. */
async function settled(): Promise<void> {
  for (;;) {
    const [row] = await server.services.pool`
      select (select count(*) from webhook_deliveries where status = 'pending' or not reported)
        + (select count(*) from webhook_cursors c join feed_heads h on h.project_id = c.project_id and h.seq > c.feed_seq) as n`;
    if (Number(row?.n) === 0) return;
  }
}

describe("what became of a delivery", () => {
  it("is in the log of the project as webhook.sent, and is told to nobody who did not ask for it by name", async () => {
    const [target, other, curious] = [await receiver(), await receiver(), await receiver()] as const;
    const hook = await create(target.url, ["session.started", "webhook.*"]);
    await create(other.url, ["*"]);
    await create(curious.url, ["webhook.sent"]);
    await server.send("/api/ingest/resonant?source=lab", session("sess_sent", "session.started"));
    const reports = await curious.until(2);
    await settled();
    expect(reports.find((one) => one.json.data.webhook_id === hook.id)?.json).toMatchObject({
      type: "webhook.sent",
      data: { webhook_id: hook.id, url: `${target.url}/`, status_code: 200 },
    });
    // Each is told of the others' deliveries, never of its own, and a message about a message ends there.
    expect(types(target.received)).toEqual(["session.started", "webhook.sent"]);
    expect(types(other.received)).toEqual(["session.started"]);
    expect(types(curious.received)).toEqual(["webhook.sent", "webhook.sent"]);
    const { data } = (await (await server.fetch("/api/v1/events?types=webhook.sent&limit=100")).json()) as {
      data: { data: { webhook_id: string } }[];
    };
    expect(data.filter((event) => event.data.webhook_id === hook.id).length).toBe(1);
    const [stream] = await server.services.pool`
      select s.name, r.kind from events e join runs r on r.id = e.run_id join sources s on s.id = r.source_id
      where e.type = 'webhook.sent' and e.raw->'data'->>'webhook_id' = ${hook.id}`;
    expect(stream).toEqual({ name: "lab", kind: "activity" });
  });

  it("is listed with its attempts, and can be sent again under the same id", async () => {
    let status = 503;
    const target = await receiver((_one, response) => void response.writeHead(status).end("busy"));
    const hook = await create(target.url, ["session.started"]);
    await server.send("/api/ingest/resonant", session("sess_again", "session.started"));
    await target.until(1);
    await settledAttempts(hook.id, 1);
    const [failed] = await deliveries(hook.id);
    expect(failed).toMatchObject({
      status: "pending",
      attempts: 1,
      status_code: 503,
      error: "HTTP 503",
      log: [{ status_code: 503, reply: "busy" }],
    });
    status = 204;
    expect((await server.send(`/webhooks/deliveries/${failed?.id}/redeliver`, {})).status).toBe(202);
    const [first, second] = (await target.until(2)) as [Received, Received];
    expect([second.headers["webhook-id"], second.body]).toEqual([first.headers["webhook-id"], first.body]);
    await settledAttempts(hook.id, 2);
    expect((await deliveries(hook.id))[0]).toMatchObject({
      status: "delivered",
      attempts: 2,
      status_code: 204,
      error: null,
      next_attempt_at: null,
    });
    const shown = (await (await server.fetch(`/webhooks/deliveries/${failed?.id}`)).json()) as { body: string };
    expect(shown.body).toBe(first.body);
  });
});

async function deliveries(id: string) {
  return ((await (await server.fetch(`/webhooks/${id}/deliveries`)).json()) as { data: { id: string; attempts: number }[] }).data;
}

async function settledAttempts(id: string, attempts: number): Promise<void> {
  while (((await deliveries(id))[0]?.attempts ?? 0) < attempts);
}

describe("a request to pause, go on or stop", () => {
  it.each(["shannon", "resonant"])("is told once, with who asked and why (%s), and never because a sender says so", async (dialect) => {
    const run = `told-${dialect}`;
    const target = await receiver();
    const hook = await create(target.url, ["control.*", "approval.requested"]);
    const begun = { shannon: { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 }, resonant: session(run, "session.started") };
    await server.send(`/api/ingest/${dialect}`, begun[dialect as keyof typeof begun]);
    const forged = { workflow_id: run, type: "WORKFLOW_PAUSING", seq: 2, payload: { id: "x", action: "pause", by: "somebody" } };
    if (dialect === "shannon") await server.send("/api/ingest/shannon", forged);
    await server.fetch(`/api/runs/${run}/control`);
    const asked = (await (await server.send(`/api/runs/${run}/cancel`, { reason: "wrong folder" })).json()) as { id: string };
    await server.send(`/api/runs/${run}/cancel`, { reason: "wrong folder" });
    const [told] = (await target.until(1)) as [Received];
    expect(told.json).toMatchObject({
      type: "control.requested",
      data: { control_id: asked.id, action: "cancel", reason: "wrong folder", requested_by: "local owner", run_id: run },
      metadata: { dialect },
    });
    // What was committed behind it has its delivery behind it: there is no other.
    await server.send("/api/approvals", { run, kind: "confirmation", question: "Sure?" });
    await target.until(1, ({ json }) => json.type === "approval.requested");
    const reply = await server.fetch(`/webhooks/${hook.id}/deliveries`);
    const { data } = (await reply.json()) as { data: { type: string }[] };
    expect(data.map(({ type }) => type).sort()).toEqual(["approval.requested", "control.requested"]);
  });
});

describe("a test", () => {
  it("is sent at once and tells what the receiver answered", async () => {
    const target = await receiver((_one, response) => void response.writeHead(418).end("teapot"));
    const hook = await create(target.url, ["session.*"]);
    const reply = (await (await server.send(`/webhooks/${hook.id}/test`, {})).json()) as object;
    expect(reply).toMatchObject({ type: "webhook.test", status: "failed", attempts: 1, status_code: 418, log: [{ reply: "teapot" }] });
    expect(target.received.map((one) => one.json.type)).toEqual(["webhook.test"]);
    expect((await hooks())[0]?.last_delivery).toMatchObject({ type: "webhook.test", status: "failed", status_code: 418 });
  });
});

describe("rotation", () => {
  it("signs with both secrets for 24 hours, then with the new one only", async () => {
    const target = await receiver();
    const hook = await create(target.url, ["session.started"]);
    const rotated = (await (await server.send(`/webhooks/${hook.id}/rotate`, {})).json()) as WebhookWithSecret;
    expect(rotated.secret).not.toBe(hook.secret);
    expect(Date.parse(rotated.previous_secret_until as string) - Date.now()).toBeGreaterThan(86_000_000);
    await server.send("/api/ingest/resonant", session("sess_both", "session.started"));
    const [both] = (await target.until(1)) as [Received];
    for (const secret of [hook.secret, rotated.secret])
      expect(new Verifier(secret).verify(both.body, both.headers as Record<string, string>)).toMatchObject({ type: "session.started" });
    await server.services.pool`update webhooks set previous_until_ms = ${Date.now() - 1}`;
    await server.send("/api/ingest/resonant", session("sess_new", "session.started"));
    const one = (await target.until(2))[1] as Received;
    expect(() => new Verifier(hook.secret).verify(one.body, one.headers as Record<string, string>)).toThrow();
    expect(new Verifier(rotated.secret).verify(one.body, one.headers as Record<string, string>)).toBeTruthy();
  });

  it("heals a webhook whose secret nobody can read any more, at once", async () => {
    const target = await receiver();
    const hook = await create(target.url, ["session.started"]);
    const lost = new Sealer(randomBytes(32)).seal(hook.secret, "webhook:of a key that was lost");
    await server.services.pool`update webhooks set secret = ${lost} where id = ${uuidOf("webhook", hook.id)}`;
    expect(await (await server.send(`/webhooks/${hook.id}/test`, {})).json()).toMatchObject({
      ...{ status: "failed", error: expect.stringContaining("encrypted with another key") },
    });
    const rotated = (await (await server.send(`/webhooks/${hook.id}/rotate`, {})).json()) as WebhookWithSecret;
    expect(rotated.previous_secret_until).toBeNull();
    expect(await (await server.send(`/webhooks/${hook.id}/test`, {})).json()).toMatchObject({ status: "delivered" });
    const [one] = (await target.until(1)) as [Received];
    expect(new Verifier(rotated.secret).verify(one.body, one.headers as Record<string, string>)).toBeTruthy();
  });
});
