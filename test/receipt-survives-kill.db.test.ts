import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import type { EventPage } from "@/lib/core/api/event";
import { type RealServer, type RealServers, realServers, until } from "./real-server";
import { type Receiver, startReceiver } from "./receiver";

let servers: RealServers;
let receiver: Receiver;
/** Whether the agent's receiver answers what it is sent; what it does not answer stays open. */
let answers = true;
let survivor: RealServer;
beforeAll(async () => {
  servers = await realServers();
  receiver = await startReceiver((_one, response: { writeHead: (status: number) => { end: () => void } }) => {
    if (answers) response.writeHead(200).end();
  });
  survivor = await servers.start("machine-0");
  await made(survivor.send("/webhooks", { url: receiver.url, events: ["approval.decided"] }));
});
afterAll(async () => {
  await servers.stop();
  await receiver.stop();
});

async function made<T>(reply: Promise<Response>): Promise<T> {
  const response = await reply;
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return (await response.json()) as T;
}

type Scene = { readonly run: string; readonly approval: Approval; readonly victim: RealServer };

const read = (server: RealServer, { approval }: Scene) => made<Approval>(server.fetch(`/api/approvals/${approval.id}`));
const decide = ({ approval, victim }: Scene) =>
  victim.send(`/api/approvals/${approval.id}/decision`, { decision: "approve", actionHash: approval.actionHash });
const acknowledge = (server: RealServer, { approval }: Scene) => server.send(`/api/approvals/${approval.id}/acknowledgement`, {});
const goOn = (server: RealServer, { run }: Scene) =>
  made(server.send("/api/ingest/shannon", { workflow_id: run, type: "PROGRESS", seq: 3, message: "went on" }));
const told = ({ run }: Scene) => receiver.received.filter(({ body }) => body.includes(run));

async function rowOf({ approval }: Scene) {
  const [row] = await servers.sql`
    select status, recorded_seq, delivered_at_ms, acknowledged_at_ms, (select count(*)::int from webhook_deliveries d where d.subject = a.id) as deliveries
    from approvals a where id = ${approval.id}`;
  return row as {
    readonly status: string;
    readonly recorded_seq: string | null;
    readonly delivered_at_ms: string | null;
    readonly acknowledged_at_ms: string | null;
    readonly deliveries: number;
  };
}

/** Decided, told to the agent, and so noted, by the server that is about to die. */
async function delivered(scene: Scene): Promise<void> {
  await made(decide(scene));
  await until(async () => (await rowOf(scene)).delivered_at_ms !== null);
}

/** Each brings a decision up to one place of its way and kills the server there. */
const cuts: readonly (readonly [string, (scene: Scene) => Promise<void>])[] = [
  [
    "decided, and not recorded in the run",
    async (scene) =>
      servers.killAt("feed_heads", scene.victim, {
        does: () => decide(scene),
        holds: async () => {
          const row = await rowOf(scene);
          return row.status === "approved" && row.recorded_seq === null;
        },
      }),
  ],
  [
    "recorded, and not sent",
    async (scene) =>
      servers.killAt("webhook_deliveries", scene.victim, {
        does: () => decide(scene),
        holds: async () => {
          const row = await rowOf(scene);
          return row.recorded_seq !== null && row.deliveries === 0;
        },
      }),
  ],
  [
    "sent, and not delivered",
    async (scene) => {
      answers = false;
      await made(decide(scene));
      await until(() => told(scene).length > 0);
      await scene.victim.kill();
      answers = true;
    },
  ],
  [
    "delivered, and nobody noted it",
    async (scene) => {
      answers = false;
      await made(decide(scene));
      await until(() => told(scene).length > 0);
      await servers.killAt("approvals", scene.victim, {
        does: () => {
          answers = true;
          receiver.answerOpen();
        },
        holds: async () => (await rowOf(scene)).delivered_at_ms === null,
      });
    },
  ],
  [
    "delivered, and the agent's acknowledgement not written",
    async (scene) => {
      await delivered(scene);
      await servers.killAt("approvals", scene.victim, {
        does: () => acknowledge(scene.victim, scene),
        holds: async () => (await rowOf(scene)).acknowledged_at_ms === null,
      });
    },
  ],
  [
    "acknowledged, and the agent not gone on",
    async (scene) => {
      await delivered(scene);
      await made(acknowledge(scene.victim, scene));
      await scene.victim.kill();
    },
  ],
  [
    "acknowledged, and the event by which the agent goes on not stored",
    async (scene) => {
      await delivered(scene);
      await made(acknowledge(scene.victim, scene));
      await servers.killAt("feed_heads", scene.victim, { does: () => goOn(scene.victim, scene), holds: async () => true });
    },
  ],
];

describe("a decision whose server is killed with another one beside it (G16)", () => {
  it.each(cuts.map(([place, cut], index) => [place, { cut, index }] as const))(
    "%s: the other finishes its way, each leg once",
    async (_place, { cut, index }) => {
      const run = `leg-${index}`;
      const victim = await servers.start(`machine-${index + 1}`);
      await made(victim.send("/api/ingest/shannon", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 }));
      const approval = await made<Approval>(victim.send("/api/approvals", { run, kind: "tool", tool: "rm", arguments: { path: "/a" } }));
      const scene = { run, approval, victim };

      const letGo = await servers.hold(survivor);
      await cut(scene).finally(letGo);
      // An agent that asks would be given it, and that is a leg, too: this one is told.
      await until(async () => (await rowOf(scene)).delivered_at_ms !== null);
      await made(acknowledge(survivor, scene));
      await goOn(survivor, scene);

      const { receipt, status, decision } = await read(survivor, scene);
      expect([status, decision?.decision]).toEqual(["approved", "approve"]);
      const legs = [receipt?.recordedAt, receipt?.sentAt, receipt?.deliveredAt, receipt?.acknowledgedAt, receipt?.resumedAt];
      expect(legs).toEqual(legs.map(() => expect.any(String)));
      expect(legs).toEqual([...legs].sort());
      expect(new Set(told(scene).map(({ headers }) => headers["webhook-id"])).size).toBe(1);
      const { events } = await made<EventPage>(survivor.fetch(`/api/runs/${run}/events?limit=100`));
      expect(events.map(({ source, seq }) => [seq, source.type])).toEqual([
        [1, "WORKFLOW_STARTED"],
        [2, "APPROVAL_REQUESTED"],
        [3, "APPROVAL_DECISION"],
        [4, "PROGRESS"],
      ]);
    },
  );
});
