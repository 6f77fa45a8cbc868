import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AlertList } from "@/lib/core/alerts/alert";
import type { Approval } from "@/lib/core/api/approval";
import type { EventPage } from "@/lib/core/api/event";
import { type RealServer, type RealServers, realServers, until } from "./real-server";
import { type Received, type Receiver, startReceiver } from "./receiver";
import { SourceServer } from "./source-server";

let servers: RealServers;
let shannon: SourceServer;
/** What the receivers do with what they were sent; null = they keep the sender waiting. */
let answer: { readonly status: number } | null = { status: 200 };
let agent: Receiver;
let pager: Receiver;
beforeAll(async () => {
  servers = await realServers();
  shannon = await new SourceServer().listen();
  const held = (_one: Received, response: { writeHead: (status: number) => { end: () => void } }) => {
    if (answer !== null) response.writeHead(answer.status).end();
  };
  agent = await startReceiver(held);
  pager = await startReceiver(held);
});
afterAll(async () => {
  await servers.stop();
  await Promise.all([shannon.stop(), agent.stop(), pager.stop()]);
});

async function made<T>(reply: Promise<Response>): Promise<T> {
  const response = await reply;
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return (await response.json()) as T;
}

async function eventsOf(server: RealServer, run: string) {
  return (await made<EventPage>(server.fetch(`/api/runs/${run}/events?raw=1&limit=1000`))).events;
}

const pendingOf = async (server: RealServer, run: string) =>
  (await made<{ approvals: Approval[] }>(server.fetch(`/api/approvals?run=${run}`))).approvals[0];

const idsOf = (received: readonly Received[]) => new Set(received.map(({ headers }) => headers["webhook-id"]));
const about = (receiver: Receiver, word: string) => receiver.received.filter(({ body }) => body.includes(word));

describe("kill -9 of the server", () => {
  it("between the commit of a decision, a pause and a followed event, and their places in the run: each gets there, once", async () => {
    const first = await servers.start("first");
    const hook = { url: agent.url, events: ["approval.decided"] };
    await made(first.send("/webhooks", hook));
    const source = { dialect: "shannon", name: "gateway", address: shannon.url, token: shannon.token };
    const { id } = await made<{ id: string }>(first.send("/api/sources", source));
    await made(first.send(`/api/sources/${id}/streams`, { url: shannon.streamUrl("cut-1") }));
    shannon.say("cut-1", "WORKFLOW_STARTED");
    shannon.say("cut-1", "APPROVAL_REQUESTED", { payload: { approval_id: "appr-1", tool_name: "rm", details: { path: "/a" } } });
    await until(async () => (await first.fetch("/api/runs/cut-1")).status === 200 && (await pendingOf(first, "cut-1")) !== undefined);
    const approval = (await pendingOf(first, "cut-1")) as Approval;

    await servers.killAt("feed_heads", first, {
      does: async () => {
        void first.send("/api/runs/cut-1/pause", {}).catch(() => {});
        // Its event holds the run's row, for which another request would wait.
        await until(async () => (await servers.sql`select from control_requests`).length === 1);
        void first.send(`/api/approvals/${approval.id}/decision`, { decision: "approve", actionHash: approval.actionHash }).catch(() => {});
        shannon.say("cut-1", "PROGRESS", { message: "sent, not stored" });
      },
      holds: async () => {
        const [row] = await servers.sql`
          select (select count(*) from approvals where status = 'approved' and recorded_seq is null)::int as decided,
            (select count(*) from control_requests where recorded_seq is null)::int as asked`;
        return row?.decided === 1 && row.asked === 1;
      },
    });
    shannon.say("cut-1", "PROGRESS", { message: "said while nobody listened" });

    const again = await servers.start("first");
    const called = (path: string) => shannon.called.filter((one) => one.method === "POST" && one.path.startsWith(path));
    await until(
      async () =>
        about(agent, "cut-1").length > 0 &&
        called("/api/v1/approvals/decision").length > 0 &&
        called("/api/v1/tasks/cut-1/pause").length > 0 &&
        (await eventsOf(again, "cut-1")).length === 6,
    );
    const events = await eventsOf(again, "cut-1");
    const of = (type: string) => events.filter((event) => event.source.type === type).length;
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect([of("WORKFLOW_STARTED"), of("APPROVAL_REQUESTED"), of("PROGRESS"), of("APPROVAL_DECISION"), of("WORKFLOW_PAUSING")]).toEqual([
      1, 1, 2, 1, 1,
    ]);
    expect(idsOf(about(agent, "cut-1")).size).toBe(1);
    const calls = [...called("/api/v1/approvals/decision"), ...called("/api/v1/tasks/cut-1/pause")];
    expect(new Set(calls.map(({ headers }) => headers["idempotency-key"])).size).toBe(2);
    await again.stop();
  });

  it("between an event and what is told of it, with another server taking over: told of the decision, and one alert fires", async () => {
    const first = await servers.start("first");
    const { id: channel } = await made<{ id: string }>(
      first.send("/api/alerts/channels", { name: "Pager", kind: "webhook", url: pager.url }),
    );
    await made(
      first.send("/api/alerts/rules", { name: "Cut", kind: "run-failed", alert: 1, channels: [channel], filter: { agent: "cut-agent" } }),
    );
    await made(first.send("/api/ingest/shannon", { workflow_id: "cut-2", type: "WORKFLOW_STARTED", seq: 1 }));
    const approval = await made<Approval>(first.send("/api/approvals", { run: "cut-2", kind: "tool", tool: "rm", arguments: {} }));

    await servers.killAt("webhook_deliveries", first, {
      does: async () => {
        await first.send(`/api/approvals/${approval.id}/decision`, { decision: "deny", actionHash: approval.actionHash });
        const failed = ["WORKFLOW_STARTED", "WORKFLOW_FAILED"].map((type, n) => ({
          workflow_id: "cut-3",
          type,
          agent_id: "cut-agent",
          seq: n + 1,
        }));
        await first.send("/api/ingest/shannon", failed);
      },
      holds: async () => {
        const [row] = await servers.sql`
          select (select count(*) from approvals where status = 'denied' and recorded_seq is not null)::int as recorded,
            (select count(*) from runs where external_id = 'cut-3' and status = 'failed')::int as failed,
            (select count(*) from pg_locks where not granted and relation = 'webhook_deliveries'::regclass)::int as waiting`;
        return row?.recorded === 1 && row.failed === 1 && row.waiting >= 2;
      },
    });

    const second = await servers.start("second");
    await until(() => about(agent, "cut-2").length > 0 && about(pager, "alert.fired").length > 0);
    expect(idsOf(about(agent, "cut-2")).size).toBe(1);
    expect((await eventsOf(second, "cut-2")).filter(({ source }) => source.type === "APPROVAL_DECISION")).toHaveLength(1);
    expect((await made<AlertList>(second.fetch("/api/alerts?state=firing"))).alerts).toMatchObject([{ rule: { name: "Cut" }, value: 1 }]);
    expect(idsOf(pager.received).size).toBe(1);
    await second.stop();
  });

  it("with decision, pause and alert in the receivers' hands: they are sent again under the same id, and counted as one", async () => {
    const first = await servers.start("first");
    const { sources } = await made<{ sources: { id: string; name: string }[] }>(first.fetch("/api/sources"));
    const gateway = sources.find(({ name }) => name === "gateway");
    await made(
      first.fetch(`/api/sources/${gateway?.id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ address: agent.url, token: shannon.token }),
      }),
    );
    answer = null;
    const said = (run: string, seq: number, type: string, more: object = {}) => ({
      workflow_id: run,
      type,
      agent_id: "held-agent",
      seq,
      ...more,
    });
    const payload = { approval_id: "appr-4", tool_name: "rm", details: { path: "/b" } };
    const asked = [said("cut-4", 1, "WORKFLOW_STARTED"), said("cut-4", 2, "APPROVAL_REQUESTED", { payload })];
    await made(first.send("/api/ingest/shannon?source=gateway", asked));
    const approval = (await pendingOf(first, "cut-4")) as Approval;
    await made(first.send("/api/runs/cut-4/pause", {}));
    await made(first.send(`/api/approvals/${approval.id}/decision`, { decision: "approve", actionHash: approval.actionHash }));
    const { channels } = await made<{ channels: { id: string }[] }>(first.fetch("/api/alerts/channels"));
    const rule = { name: "Held", kind: "run-failed", alert: 1, channels: channels.map((one) => one.id), filter: { agent: "held-agent" } };
    await made(first.send("/api/alerts/rules", rule));
    await made(first.send("/api/ingest/shannon", [said("cut-5", 1, "WORKFLOW_STARTED"), said("cut-5", 2, "WORKFLOW_FAILED")]));
    const decided = () => agent.received.filter(({ path, body }) => path === "/api/v1/approvals/decision" && body.includes("appr-4"));
    const paused = () => agent.received.filter(({ path }) => path === "/api/v1/tasks/cut-4/pause");
    const hooked = () => about(agent, "cut-4").filter(({ path }) => path === "/");
    const paged = () => about(pager, "Held");
    await until(() => [decided(), paused(), hooked(), paged()].every((received) => received.length === 1));
    await first.kill();
    answer = { status: 200 };

    const again = await servers.start("first");
    await until(async () => {
      const [row] = await servers.sql`select count(*)::int as open from webhook_deliveries where status = 'pending'`;
      return row?.open === 0;
    });
    for (const received of [decided(), paused(), hooked(), paged()]) expect(received.length).toBeGreaterThanOrEqual(2);
    for (const received of [decided(), paused()]) expect(new Set(received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    for (const received of [hooked(), paged()]) expect(idsOf(received).size).toBe(1);
    const [row] = await servers.sql`
      select count(*)::int as all, count(distinct (webhook_id, message_key))::int as messages, count(*) filter (where status = 'delivered')::int as delivered from webhook_deliveries`;
    expect([row?.messages, row?.delivered]).toEqual([row?.all, row?.all]);
    expect((await eventsOf(again, "cut-4")).filter(({ source }) => source.type === "APPROVAL_DECISION")).toHaveLength(1);
    const { alerts } = await made<AlertList>(again.fetch("/api/alerts?state=firing"));
    expect(alerts.filter(({ rule: { name } }) => name === "Held")).toHaveLength(1);
    await again.stop();
  });
});
