import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { afterAttempt } from "@/lib/core/webhooks/schedule";
import type { Delivery, WebhookWithSecret } from "@/lib/core/webhooks/webhook";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { WebhookFollower } from "../jobs/webhook-follower";
import { WebhookSender } from "../jobs/webhook-sender";
import { applyRetention } from "../retention/apply-retention";
import { attemptDelivery, type ClaimedDelivery } from "./attempt-delivery";
import { claimDeliveries } from "./claim-deliveries";
import { finishDeliveries } from "./finish-deliveries";
import { uuidOf } from "./public-id";
import { reportMissed } from "./report-missed";

/** No workers of its own: the tests run them, on a clock that they turn. */
let server: TestServer;
const clock = { ms: 0 };
const receivers: Receiver[] = [];
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterEach(async () => {
  await server.services.pool`delete from webhooks`;
  await server.services.pool`delete from webhook_deliveries`;
  for (const receiver of receivers.splice(0)) await receiver.stop();
});
afterAll(() => server.stop());

const context = () => ({ ...server.services, now: () => clock.ms });
const newSender = () => new WebhookSender(context());

async function receiver(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
  const made = await startReceiver(...answer);
  receivers.push(made);
  return made;
}

async function create(url: string, events = ["session.*"]): Promise<WebhookWithSecret> {
  return (await (await server.send("/webhooks", { url, events })).json()) as WebhookWithSecret;
}

let sessions = 0;
/** Has `count` sessions begin and turns that into deliveries that are due now. */
async function happen(count = 1): Promise<void> {
  const body = Array.from({ length: count }, () => ({
    id: `evt_${++sessions}`,
    type: "session.started",
    data: { session_id: `sess_${sessions}` },
  }));
  await server.send("/api/ingest/resonant", body);
  clock.ms = Math.max(clock.ms, Date.now());
  await follow();
}

async function follow(): Promise<void> {
  const follower = new WebhookFollower(context(), () => {});
  while (await follower.round());
  await follower.stop();
}

async function only(hook: { id: string }): Promise<Delivery> {
  const { data } = (await (await server.fetch(`/webhooks/${hook.id}/deliveries`)).json()) as { data: Delivery[] };
  expect(data.length).toBe(1);
  return data[0] as Delivery;
}

describe("a receiver that answers 500", () => {
  it("is tried at once, after 1 min, 5 min, 30 min and 2 h, and not a moment earlier; then the delivery has failed", async () => {
    const target = await receiver((_one, response) => void response.writeHead(500).end());
    const hook = await create(target.url);
    await happen();
    const sender = newSender();
    const startedMs = clock.ms;
    await sender.sendDue();
    expect(target.received.length).toBe(1);
    for (const [index, minutes] of [1, 5, 30, 120].entries()) {
      clock.ms += minutes * 60_000 - 1;
      await sender.sendDue();
      expect(target.received.length).toBe(index + 1);
      expect((await only(hook)).next_attempt_at).toBe(new Date(clock.ms + 1).toISOString());
      clock.ms += 1;
      await sender.sendDue();
      expect(target.received.length).toBe(index + 2);
    }
    expect((clock.ms - startedMs) / 60_000).toBe(156);
    clock.ms += 86_400_000;
    await sender.sendDue();
    expect(target.received.length).toBe(5);
    expect(await only(hook)).toMatchObject({ status: "failed", attempts: 5, status_code: 500, next_attempt_at: null });
    expect(new Set(target.received.map((one) => `${one.headers["webhook-id"]} ${one.body}`)).size).toBe(1);
    const reports = await reportsOf(hook.id);
    expect(reports.map((report) => [report.type, report.data.retry_count, report.data.next_retry_at === null])).toEqual([
      ["webhook.failed", 1, false],
      ["webhook.failed", 2, false],
      ["webhook.failed", 3, false],
      ["webhook.failed", 4, false],
      ["webhook.failed", 5, true],
    ]);
  });
});

async function reportsOf(webhookId: string) {
  const rows = await server.services.pool`
    select raw from events where type in ('webhook.sent', 'webhook.failed') and raw->'data'->>'webhook_id' = ${webhookId} order by received_at_ms, seq`;
  return rows.map((row) => row.raw as { type: string; data: { retry_count: number; next_retry_at: string | null } });
}

describe("a receiver that answers 301", () => {
  it("is not followed and counts as failed", async () => {
    const elsewhere = await receiver();
    const target = await receiver((_one, response) => void response.writeHead(301, { location: elsewhere.url }).end());
    const hook = await create(target.url);
    await happen();
    await newSender().sendDue();
    expect([target.received.length, elsewhere.connections()]).toEqual([1, 0]);
    expect(await only(hook)).toMatchObject({ status: "pending", status_code: 301, error: "HTTP 301: redirects are not followed" });
  });
});

describe("a receiver that answers 410", () => {
  it("is sent nothing more until a person enables it, and then only what is new", async () => {
    let status = 410;
    const target = await receiver((_one, response) => void response.writeHead(status).end());
    const hook = await create(target.url);
    await happen();
    const sender = newSender();
    await sender.sendDue();
    expect(await only(hook)).toMatchObject({ status: "failed", attempts: 1, status_code: 410 });
    const shown = (await (await server.fetch(`/webhooks/${hook.id}`)).json()) as object;
    expect(shown).toMatchObject({ status: "disabled", disabled_reason: "The receiver answered 410 Gone." });
    await happen(3);
    clock.ms += 86_400_000;
    await sender.sendDue();
    expect(target.received.length).toBe(1);
    const refused = await server.send(`/webhooks/deliveries/${(await only(hook)).id}/redeliver`, {});
    expect(refused.status).toBe(409);
    status = 200;
    expect(await (await server.send(`/webhooks/${hook.id}/enable`, {})).json()).toMatchObject({ status: "active", disabled_reason: null });
    await happen();
    await sender.sendDue();
    expect(target.received.length).toBe(2);
  });
});

describe("a receiver that answers 410 while another attempt is under way", () => {
  it("is not sent that one again when a person enables it", async () => {
    const held: ServerResponse[] = [];
    const target = await receiver((_one, response) => void held.push(response));
    const hook = await create(target.url);
    await happen(2);
    const sender = newSender();
    sender.start();
    await target.until(2);
    held[0]?.writeHead(410).end();
    const shown = async () => (await (await server.fetch(`/webhooks/${hook.id}`)).json()) as { status: string };
    await expect.poll(shown).toMatchObject({ status: "disabled" });
    held[1]?.writeHead(503).end();
    await sender.settled();
    await sender.stop();
    await server.send(`/webhooks/${hook.id}/enable`, {});
    clock.ms += 86_400_000;
    const again = newSender().sendDue();
    const other = await receiver();
    await create(other.url);
    await happen();
    const rest = newSender().sendDue();
    await other.until(1);
    await target.until(3);
    target.answerOpen();
    await Promise.all([again, rest]);
    // What is new, and nothing of before.
    expect(target.received.map(({ json }) => json.id).at(-1)).toBe(`evt_${sessions}`);
    expect(target.received.length).toBe(3);
  });
});

describe("a slow and a dead receiver", () => {
  it("do not delay the others", async () => {
    const held: (() => void)[] = [];
    const slow = await receiver((_one, response) => void held.push(() => response.end()));
    const gone = await receiver();
    const well = await receiver();
    const [slowHook] = [await create(slow.url), await create(gone.url), await create(well.url)];
    await gone.stop();
    receivers.splice(receivers.indexOf(gone), 1);
    await happen(400);
    const sender = newSender();
    sender.start();
    await well.until(400);
    // The slow one has been given what one receiver may have at once, and has answered nothing.
    expect(slow.received.length).toBe(32);
    const [row] = await server.services
      .pool`select count(*)::int as n from webhook_deliveries where webhook_id = ${uuidOf("webhook", slowHook.id)} and attempts > 0`;
    expect(row?.n).toBe(0);
    for (const answer of held.splice(0)) answer();
    await sender.stop();
  });
});

describe("several workers", () => {
  it("make each delivery once and send each attempt once", async () => {
    const target = await receiver();
    await create(target.url);
    await server.send(
      "/api/ingest/resonant",
      Array.from({ length: 300 }, (_, n) => ({ id: `evt_w${n}`, type: "session.started", data: { session_id: `w${n}` } })),
    );
    clock.ms = Date.now();
    await Promise.all([follow(), follow(), follow()]);
    await follow();
    const senders = [newSender(), newSender(), newSender()];
    await Promise.all(senders.map((sender) => sender.sendDue()));
    expect(target.received.length).toBe(300);
    expect(new Set(target.received.map((one) => one.headers["webhook-id"])).size).toBe(300);
    const [row] = await server.services
      .pool`select count(*)::int as n, sum(attempts)::int as attempts from webhook_deliveries where status = 'delivered'`;
    expect(row).toEqual({ n: 300, attempts: 300 });
  });

  it("are told what happened more than a day ago, when nobody was there to tell them", async () => {
    const target = await receiver();
    await create(target.url);
    await server.send("/api/ingest/resonant", { id: "evt_weekend", type: "session.started", data: { session_id: "sess_weekend" } });
    const { pool } = server.services;
    clock.ms = Date.now() + 2 * 86_400_000;
    await applyRetention(pool, clock.ms);
    await follow();
    await newSender().sendDue();
    expect(target.received.map(({ json }) => json.id)).toContain("evt_weekend");
    // Its own report is told of as well.
    await follow();
    await applyRetention(pool, clock.ms);
    expect(await pool`select from feed`).toHaveLength(0);
  });

  it("take over what a killed worker held, after its lock ran out and not before", async () => {
    const target = await receiver();
    const hook = await create(target.url);
    await happen();
    const dead = {
      rooms: [{ projectId: defaultProjectId, webhookId: uuidOf("webhook", hook.id), room: 9 }],
      lockedBy: randomUUID(),
      nowMs: clock.ms,
      lockMs: 6_000,
    };
    const [claimed] = await claimDeliveries(server.services.pool, dead);
    const sender = newSender();
    clock.ms += 5_999;
    await sender.sendDue();
    expect(target.received.length).toBe(0);
    clock.ms += 1;
    await sender.sendDue();
    expect(target.received.length).toBe(1);
    expect(await only(hook)).toMatchObject({ status: "delivered", attempts: 1 });
    // Had it only been stalled, its outcome would come too late to count.
    const attempt = await attemptDelivery(context(), claimed as NonNullable<typeof claimed>);
    const late = {
      delivery: claimed as NonNullable<typeof claimed>,
      attempt,
      after: { status: "failed", disable: false } as const,
      finishedAtMs: clock.ms,
      lockedBy: dead.lockedBy,
    };
    expect((await finishDeliveries(server.services.pool, [late])).size).toBe(0);
    expect(await only(hook)).toMatchObject({ status: "delivered", attempts: 1 });
  });

  it("sends nothing again that it is still sending, when the database could not be told for longer than its lock", async () => {
    const target = await receiver(() => {});
    const hook = await create(target.url);
    await happen();
    const sender = newSender();
    const sending = sender.sendDue();
    await target.until(1);
    clock.ms += 6_000;
    const again = sender.sendDue();
    // Only what it does not have in hand is claimed: another one shows that the claim was made.
    const other = await receiver();
    await create(other.url);
    await happen();
    const more = sender.sendDue();
    await other.until(1);
    target.answerOpen();
    await target.until(2);
    target.answerOpen();
    await Promise.all([sending, again, more]);
    const { data } = (await (await server.fetch(`/webhooks/${hook.id}/deliveries`)).json()) as { data: Delivery[] };
    expect(data.map(({ status, attempts }) => [status, attempts])).toEqual([
      ["delivered", 1],
      ["delivered", 1],
    ]);
    expect(target.received.length).toBe(2);
  });

  it("sends nothing again whose outcome it could not write yet", async () => {
    const target = await receiver();
    const hook = await create(target.url);
    await happen();
    const { pool } = server.services;
    const outage = { left: 1 };
    const breaking = new Proxy(pool, {
      get: (of, name) => {
        if (name !== "begin" || outage.left === 0) return Reflect.get(of, name);
        outage.left -= 1;
        return () => Promise.reject(new Error("the database is gone"));
      },
    });
    const sender = new WebhookSender({ ...context(), pool: breaking });
    await expect(sender.sendDue()).rejects.toThrow("gone");
    clock.ms += 6_000;
    await sender.sendDue();
    expect(target.received.length).toBe(1);
    expect(await only(hook)).toMatchObject({ status: "delivered", attempts: 1 });
  });

  it("begins nothing whose lock ran out before the database could be asked: another worker has it", async () => {
    const target = await receiver((_one, response) => {
      if (target.received.length > 1) response.end();
    });
    await create(target.url);
    await happen(2);
    const slow = new WebhookSender(context(), { running: 1 });
    const sending = slow.sendDue();
    const [first] = await target.until(1);
    clock.ms += 6_000;
    // It takes the first, too: nobody can tell a worker that waits from one that is gone.
    await newSender().sendDue();
    target.answerOpen();
    await sending;
    const ids = target.received.map((one) => one.headers["webhook-id"]);
    expect(ids.length).toBe(3);
    expect(ids.filter((id) => id !== first?.headers["webhook-id"]).length).toBe(1);
  });

  it("begins nothing of a webhook that was deleted since, once it was asked again whose it is", async () => {
    const target = await receiver((_one, response) => void (target.received.length > 1 && response.end()));
    const hook = await create(target.url);
    await happen(2);
    const sending = new WebhookSender(context(), { running: 1 }).sendDue();
    await target.until(1);
    expect((await server.fetch(`/webhooks/${hook.id}`, { method: "DELETE" })).status).toBe(204);
    clock.ms += 6_000;
    target.answerOpen();
    await sending;
    expect(target.received.length).toBe(1);
  });

  it("goes on with what is still its own when the database was silent for longer than a lock lasts", async () => {
    const target = await receiver((_one, response) => void (target.received.length > 1 && response.end()));
    await create(target.url);
    await happen(3);
    const sending = new WebhookSender(context(), { running: 1 }).sendDue();
    await target.until(1);
    clock.ms += 30_000;
    target.answerOpen();
    await sending;
    expect(target.received.length).toBe(3);
  });

  it.each([
    ["five seconds later", 5_000],
    ["also after the clock was set back", -3 * 3_600_000],
  ])("report what a worker sent and was killed before it could say so, once, %s", async (_when, by) => {
    const target = await receiver();
    const hook = await create(target.url);
    await happen();
    const lockedBy = randomUUID();
    const rooms = [{ projectId: defaultProjectId, webhookId: uuidOf("webhook", hook.id), room: 9 }];
    const [delivery] = (await claimDeliveries(server.services.pool, { rooms, lockedBy, nowMs: clock.ms, lockMs: 6_000 })) as [never];
    const attempt = await attemptDelivery(context(), delivery);
    await finishDeliveries(server.services.pool, [{ delivery, attempt, after: { status: "delivered" }, finishedAtMs: clock.ms, lockedBy }]);
    expect(await reportsOf(hook.id)).toEqual([]);
    await reportMissed(context());
    expect(await reportsOf(hook.id)).toEqual([]);
    clock.ms += by;
    await Promise.all([reportMissed(context()), reportMissed(context())]);
    await reportMissed(context());
    expect((await reportsOf(hook.id)).map((report) => report.type)).toEqual(["webhook.sent"]);
  });
});

it("of long deliveries a worker takes as many as it has room for, and one at least (G11)", async () => {
  const { pool } = server.services;
  const hook = await create((await receiver()).url);
  await happen(5);
  await pool`update webhook_deliveries set body = repeat('x', 1000) where webhook_id = ${uuidOf("webhook", hook.id)}`;
  const claim = async (chars: number) => {
    const rooms = [{ projectId: defaultProjectId, webhookId: uuidOf("webhook", hook.id), room: 9, chars }];
    return (await claimDeliveries(pool, { rooms, lockedBy: randomUUID(), nowMs: clock.ms, lockMs: 6_000 })).length;
  };
  expect([await claim(1_500), await claim(1), await claim(9_000)]).toEqual([2, 1, 2]);
});

describe("reports that were missed", () => {
  /** Sends what is due as a worker does that is killed before it can say so. */
  async function sendUnreported(hook: WebhookWithSecret): Promise<void> {
    const { pool } = server.services;
    const lockedBy = randomUUID();
    const rooms = [{ projectId: defaultProjectId, webhookId: uuidOf("webhook", hook.id), room: 9 }];
    for (const delivery of await claimDeliveries(pool, { rooms, lockedBy, nowMs: clock.ms, lockMs: 6_000 })) {
      const attempt = await attemptDelivery(context(), delivery);
      const after = afterAttempt(delivery.step, { statusCode: attempt.status_code }, clock.ms);
      await finishDeliveries(pool, [{ delivery, attempt, after, finishedAtMs: clock.ms, lockedBy }]);
    }
  }

  it("tell of each attempt, in its order, and of none twice", async () => {
    const target = await receiver((_one, response) => void response.writeHead(target.received.length < 3 ? 500 : 200).end());
    const hook = await create(target.url);
    await happen();
    await sendUnreported(hook);
    await reportMissed({ ...context(), now: () => clock.ms + 5_000 });
    for (const pauseMs of [60_000, 300_000]) {
      clock.ms += pauseMs;
      await sendUnreported(hook);
    }
    clock.ms += 5_000;
    await reportMissed(context());
    const reports = await reportsOf(hook.id);
    expect(reports.map(({ type, data }) => [type, data.retry_count])).toEqual([
      ["webhook.failed", 1],
      ["webhook.failed", 2],
      ["webhook.sent", undefined],
    ]);
    expect(reports[1]?.data.next_retry_at).toBe((await only(hook)).log[2]?.at);
  });

  it("of one stream that cannot be written keep no other stream from hearing", async () => {
    const hook = await create((await receiver()).url);
    await happen();
    await sendUnreported(hook);
    // A name that no index takes.
    await server.services.pool`
      insert into webhook_deliveries (project_id, id, webhook_id, message_key, type, family, source_name, body, created_at_ms, status, attempts, finished_at_ms, log, reported)
      select project_id, gen_random_uuid(), webhook_id, 'broken', type, family, (select string_agg(md5(n::text), '') from generate_series(1, 200) n), body, created_at_ms, status, attempts, finished_at_ms - 1, log, false
      from webhook_deliveries where webhook_id = ${uuidOf("webhook", hook.id)}`;
    clock.ms += 5_000;
    await expect(reportMissed(context())).rejects.toThrow();
    expect((await reportsOf(hook.id)).map(({ type }) => type)).toContain("webhook.sent");
  });
});

describe("a webhook that is ended while outcomes are written", () => {
  it("is ended, and forgotten whole, whichever of its deliveries each of the two would take first", async () => {
    const hook = await create((await receiver()).url);
    await happen(3);
    const { pool } = server.services;
    const lockedBy = randomUUID();
    const rooms = [{ projectId: defaultProjectId, webhookId: uuidOf("webhook", hook.id), room: 9 }];
    const claimed = await claimDeliveries(pool, { rooms, lockedBy, nowMs: clock.ms, lockMs: 6_000 });
    const finished = claimed.map((delivery) => ({
      delivery,
      attempt: { at: new Date(clock.ms).toISOString(), status_code: 200, error: null, duration_ms: 1, reply: null },
      after: { status: "delivered" } as const,
      finishedAtMs: clock.ms,
      lockedBy,
    }));
    const middle = claimed[1] as ClaimedDelivery;
    const waiting = async (count: number) => {
      const waits = () => pool`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      while ((await waits()).length < count);
    };
    const both = await pool.begin(async (tx) => {
      await tx`select 1 from webhook_deliveries where project_id = ${middle.projectId} and id = ${middle.id} for update`;
      const ended = server.fetch(`/webhooks/${hook.id}`, { method: "DELETE" });
      await waiting(1);
      // Each in its own direction from either end to the middle.
      const written = [finished, [...finished].reverse()].map((outcomes) => finishDeliveries(pool, outcomes));
      await waiting(3);
      return { ended, written };
    });
    expect((await both.ended).status).toBe(204);
    await Promise.all(both.written);
    expect(await pool`select 1 from webhook_deliveries where webhook_id = ${uuidOf("webhook", hook.id)}`).toHaveLength(0);
  });
});

describe("an address that turned inwards after it was kept", () => {
  it("is refused at each attempt, without a connection, and keeps to the schedule", async () => {
    const target = await receiver();
    const hook = await create(target.url);
    await server.services.pool`update webhooks set url = 'http://169.254.169.254/latest/meta-data/'`;
    await happen();
    await newSender().sendDue();
    expect(await only(hook)).toMatchObject({ status: "pending", attempts: 1, status_code: null });
    expect((await only(hook)).error).toMatch(/^Refused: /);
    expect(target.connections()).toBe(0);
  });
});

describe("a secret that cannot be opened", () => {
  it("fails the attempt with the reason instead of sending unsigned", async () => {
    const target = await receiver();
    const hook = await create(target.url);
    await server.services.pool`update webhooks set secret = 's1.00000000.AAAA'`;
    await happen();
    await newSender().sendDue();
    expect((await only(hook)).error).toMatch(/encrypted with another key/);
    expect(target.connections()).toBe(0);
  });
});
