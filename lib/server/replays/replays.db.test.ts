import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import type { Replay, StartedReplay } from "@/lib/core/webhooks/replay";
import { type Received, type Receiver, startReceiver } from "@/test/receiver";
import { startTestServer, type TestServer } from "@/test/server";
import { ReplayRunner } from "../jobs/replay-runner";
import { applyRetention } from "../retention/apply-retention";
import { uuidOf } from "../webhooks/public-id";
import { claimReplays, holdReplays } from "./claim-replays";
import { nextItems } from "./replay-items";
import { runReplay } from "./run-replay";

let server: TestServer;
const clock = { ms: Date.now() };
const receivers: Receiver[] = [];
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
  // Sent in an order that is not that of their times.
  const hours = [5, 1, 3, 2, 4];
  await server.send(
    "/api/ingest/resonant",
    hours.flatMap((hour) => [event(`s${hour}`, "session.started", hour, 0), event(`s${hour}`, "session.completed", hour, 30)]),
  );
  await server.send("/api/ingest/resonant", {
    id: "evt_login",
    type: "user.login",
    created_at: "2026-02-20T01:15:00Z",
    data: { user_id: "u" },
  });
  await server.send("/api/ingest/shannon", [
    { workflow_id: "wf-replayed", type: "WORKFLOW_STARTED", payload: { query: "why?" }, seq: 1, timestamp: "2026-02-20T06:00:00Z" },
    { workflow_id: "wf-replayed", type: "AGENT_THINKING", message: "hm", seq: 2, timestamp: "2026-02-20T06:00:01Z" },
    { workflow_id: "wf-replayed", type: "WORKFLOW_COMPLETED", payload: {}, seq: 3, timestamp: "2026-02-20T06:00:02Z" },
  ]);
});
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
});
afterAll(() => server.stop());

const event = (id: string, type: string, hour: number, minute: number) => ({
  id: `evt_${id}_${type}`,
  type,
  created_at: `2026-02-20T0${hour}:${String(minute).padStart(2, "0")}:00Z`,
  data: { session_id: id },
});
const context = () => ({ ...server.services, now: () => clock.ms });
const day = { since: "2026-02-20T00:00:00Z", until: "2026-02-21T00:00:00Z" };

async function receiver(...answer: Parameters<typeof startReceiver>): Promise<Receiver> {
  const made = await startReceiver(...answer);
  receivers.push(made);
  return made;
}
async function start(body: object, path = "/api/v1/events/replay"): Promise<StartedReplay> {
  const reply = await server.send(path, body);
  expect(reply.status).toBe(202);
  clock.ms = Math.max(clock.ms, Date.now());
  return (await reply.json()) as StartedReplay;
}
async function status(replay: { id: string }): Promise<Replay> {
  return (await (await server.fetch(`/v1/events/replay/${replay.id}`)).json()) as Replay;
}
const told = (received: readonly Received[]) => received.map((one) => one.json.id as string);
const sessions = [1, 2, 3, 4, 5].flatMap((hour) => [`evt_s${hour}_session.started`, `evt_s${hour}_session.completed`]);

describe("a replay", () => {
  it("sends the range's events of the types that were asked for, oldest first, each once", async () => {
    const target = await receiver();
    const replay = await start({ ...day, types: ["session.*"], webhook_url: `${target.url}/replay` });
    expect(replay.event_count).toBe(12);
    expect(await status(replay)).toMatchObject({ status: "running", delivered: 0, total: 12 });
    await new ReplayRunner(context()).runDue();
    expect(told(target.received).slice(0, 10)).toEqual(sessions);
    expect(target.received.slice(10).map((one) => [one.json.type, one.json.data.session_id])).toEqual([
      ["session.started", "wf-replayed"],
      ["session.completed", "wf-replayed"],
    ]);
    expect(target.received[0]?.json).toMatchObject(event("s1", "session.started", 1, 0));
    expect(target.received[0]?.headers["x-webhook-replay"]).toBe(replay.id);
    expect(await status(replay)).toMatchObject({ status: "completed", delivered: 12, total: 12, error: null });
    const [left] = await server.services.pool`select count(*)::int as n from replay_items`;
    expect(left?.n).toBe(0);
  });

  it("has few of its events in memory where they are long, and sends them all", async () => {
    const ids = Array.from({ length: 6 }, (_, n) => `evt_long_${n}`);
    // As much when it is kept as it is when it is read.
    const note = () => randomBytes(150_000).toString("base64");
    const long = ids.map((id, n) => ({ ...event(id, "user.login", 7, n), id, data: { user_id: "u", note: note() } }));
    await server.send("/api/ingest/resonant", long);
    const target = await receiver();
    const wanted = { since: "2026-02-20T07:00:00Z", until: "2026-02-20T07:30:00Z", webhook_url: target.url };
    const replay = await start(wanted);
    const of = { projectId: defaultProjectId, replayId: uuidOf("replay", replay.id), limit: 100, publicUrl: "" };
    expect((await nextItems(server.services.pool, { ...of, after: 0 })).map(({ n }) => n)).toEqual([1]);
    await new ReplayRunner(context()).runDue();
    expect(told(target.received)).toEqual(ids);
    expect(await status(replay)).toMatchObject({ status: "completed", delivered: 6, total: 6 });
    await server.services.pool`delete from events where source_event_id like 'evt_long_%'`;
  });

  it("takes `events` for `types`, all types when none is named, and either end of the range alone", async () => {
    const target = await receiver();
    expect((await start({ ...day, events: ["user.*"], webhook_url: target.url })).event_count).toBe(1);
    expect((await start({ ...day, webhook_url: target.url })).event_count).toBe(13);
    expect(
      (await start({ since: "2026-02-20T05:00:00Z", types: ["session.started"], until: day.until, webhook_url: target.url })).event_count,
    ).toBe(2);
    expect((await start({ until: "2026-02-20T01:00:00", webhook_url: target.url })).event_count).toBe(1);
    const none = await start({ ...day, types: ["agent.*"], webhook_url: target.url });
    expect(none).toMatchObject({ event_count: 0, status: "completed" });
    await new ReplayRunner(context()).runDue();
  });

  it("takes null for what is left out, as clients of typed languages write it", async () => {
    const target = await receiver();
    const left = { since: null, until: null, types: null, events: null, speed: null, secret: null };
    expect((await start({ ...left, ...day, webhook_url: target.url })).event_count).toBe(13);
    expect((await start({ ...left, types: ["user.*"], webhook_url: target.url })).event_count).toBe(1);
    await new ReplayRunner(context()).runDue();
    expect(target.received.length).toBe(14);
  });

  it("refuses a day that does not exist, and takes a time as Python writes it", async () => {
    const webhook_url = "https://example.com/replay";
    const refused = await server.send("/api/v1/events/replay", { since: "2026-02-30T00:00:00Z", webhook_url });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { code: "invalid_request", path: "since" } });
    const replay = await start({ since: "2027-02-20 00:00:00+00:00", webhook_url });
    expect(replay).toMatchObject({ since: "2027-02-20T00:00:00.000Z", event_count: 0 });
  });

  it("is signed when a secret is given, and not otherwise", async () => {
    const target = await receiver();
    await start({ ...day, types: ["user.login"], webhook_url: target.url, secret: "your_webhook_secret" });
    await start({ ...day, types: ["user.login"], webhook_url: `${target.url}/plain` });
    await new ReplayRunner(context()).runDue();
    const signed = target.received.find((one) => one.path === "/") as Received;
    const plain = target.received.find((one) => one.path === "/plain") as Received;
    expect(signed.headers["x-webhook-signature"]).toBe(
      `sha256=${createHmac("sha256", "your_webhook_secret").update(signed.body).digest("hex")}`,
    );
    expect(plain.headers["x-webhook-signature"]).toBeUndefined();
    expect(plain.body).toBe(signed.body);
  });

  it("goes on where a killed worker was, when its lock ran out, without skipping any", async () => {
    const target = await receiver();
    const replay = await start({ ...day, types: ["session.*"], webhook_url: target.url });
    const stop = { stopped: false };
    // Dies behind the fourth event, without a word.
    const [claimed] = await claimReplays(server.services.pool, { lockedBy: randomUUID(), nowMs: clock.ms, lockMs: 6_000, limit: 1 });
    const dying = runReplay(
      {
        ...context(),
        outbound: Object.assign(Object.create(server.services.outbound), {
          post: async (request: { url: string; body: string; headers: Record<string, string> }) => {
            if (target.received.length >= 4) throw new Error("killed");
            return server.services.outbound.post(request);
          },
        }),
      },
      claimed as NonNullable<typeof claimed>,
      stop,
    );
    await expect(dying).rejects.toThrow("killed");
    const runner = new ReplayRunner(context());
    await runner.runDue();
    expect(target.received.length).toBe(4);
    clock.ms += 6_000;
    await runner.runDue();
    expect(new Set(told(target.received)).size).toBe(12);
    // What was sent twice is recognised by its id.
    expect(new Set(target.received.map((one) => one.headers["x-webhook-id"])).size).toBe(12);
    expect(await status(replay)).toMatchObject({ status: "completed", delivered: 12, total: 12 });
  });

  it("is not begun a second time by the worker that has it, when the database could not be told for longer than its lock", async () => {
    const target = await receiver((_one, response) => void (target.received.length > 1 && response.end("ok")));
    const replay = await start({ ...day, types: ["session.*"], webhook_url: target.url });
    const runner = new ReplayRunner(context());
    const running = runner.runDue();
    await target.until(1);
    clock.ms += 6_000;
    await runner.runDue();
    target.answerOpen();
    await running;
    expect(target.received.length).toBe(12);
    expect(told(target.received).slice(0, 10)).toEqual(sessions);
    expect(await status(replay)).toMatchObject({ status: "completed", delivered: 12, total: 12 });
  });

  it("waits for a receiver that fails, in order, and gives up after five tries of one event", async () => {
    let failing = true;
    const target = await receiver((one, response) => void response.writeHead(failing && one.json.id === sessions[3] ? 503 : 200).end());
    const replay = await start({ ...day, types: ["session.*"], webhook_url: target.url });
    const runner = new ReplayRunner(context());
    await runner.runDue();
    expect(told(target.received)).toEqual(sessions.slice(0, 4));
    expect(await status(replay)).toMatchObject({ status: "running", delivered: 3, error: "HTTP 503" });
    failing = false;
    clock.ms += 1_000;
    await runner.runDue();
    expect(told(target.received).slice(4, 10)).toEqual(sessions.slice(3, 9));
    failing = true;
    const lost = await start({ ...day, types: ["session.*"], webhook_url: target.url });
    for (const pause of [0, 1_000, 5_000, 15_000, 60_000]) {
      clock.ms += pause;
      await runner.runDue();
    }
    expect(await status(lost)).toMatchObject({ status: "failed", delivered: 3, error: "HTTP 503" });
  });

  it("that waits is nobody's: a renewal of the worker that gave it up locks it no more", async () => {
    const target = await receiver((_one, response) => void response.writeHead(503).end());
    await start({ ...day, types: ["session.*"], webhook_url: target.url });
    const { pool } = server.services;
    const lockedBy = randomUUID();
    const [claimed] = await claimReplays(pool, { lockedBy, nowMs: clock.ms, lockMs: 6_000, limit: 1 });
    await runReplay(context(), claimed as NonNullable<typeof claimed>, { stopped: false });
    await holdReplays(pool, { ids: [claimed?.id ?? ""], lockedBy, untilMs: clock.ms + 6_000 });
    clock.ms += 1_000;
    expect(await claimReplays(pool, { lockedBy: randomUUID(), nowMs: clock.ms, lockMs: 6_000, limit: 1 })).toMatchObject([
      { id: claimed?.id },
    ]);
    await pool`update replays set status = 'cancelled' where id = ${claimed?.id ?? ""}`;
  });

  it("stops when it is cancelled, and stays as it ended when it ended", async () => {
    const target = await receiver();
    const replay = await start({ ...day, webhook_url: target.url, speed: 1 });
    const runner = new ReplayRunner(context());
    await runner.runDue();
    // An hour lies between the first two events.
    expect(target.received.length).toBe(1);
    const cancelled = await server.fetch(`/api/v1/events/replay/${replay.id}`, { method: "DELETE" });
    expect(await cancelled.json()).toMatchObject({ status: "cancelled", delivered: 1, total: 13 });
    clock.ms += 86_400_000;
    await runner.runDue();
    expect(target.received.length).toBe(1);
    const done = await start({ ...day, types: ["user.login"], webhook_url: target.url });
    await runner.runDue();
    await server.fetch(`/api/v1/events/replay/${done.id}`, { method: "DELETE" });
    expect(await status(done)).toMatchObject({ status: "completed" });
  });

  it("is forgotten a month after it ended, and only then; an answer kept for its Idempotency-Key after a day (G25)", async () => {
    const { pool } = server.services;
    const receiving = await receiver();
    const replay = await start({ ...day, webhook_url: receiving.url });
    await server.fetch(`/api/v1/events/replay/${replay.id}`, { method: "DELETE" });
    const running = await start({ ...day, webhook_url: receiving.url });
    await server.send("/api/ingest/crewship", { type: "run.started", run_id: "once" }, { "idempotency-key": "retained" });
    const dayMs = 86_400_000;
    const kept = async () => {
      const [row] = await pool`select (select count(*)::int from replays where id = ${uuidOf("replay", replay.id)}) as replays,
        (select count(*)::int from idempotency_keys where key = 'retained') as answers`;
      return [row?.replays, row?.answers];
    };
    const nowMs = Date.now();
    await applyRetention(pool, nowMs + dayMs - 60_000);
    expect(await kept()).toEqual([1, 1]);
    await applyRetention(pool, nowMs + 29 * dayMs);
    expect(await kept()).toEqual([1, 0]);
    await applyRetention(pool, nowMs + 31 * dayMs);
    expect(await kept()).toEqual([0, 0]);
    expect((await status(running)).status).toBe("running");
    await server.fetch(`/api/v1/events/replay/${running.id}`, { method: "DELETE" });
  });

  it("keeps the pace that was asked for", async () => {
    const target = await receiver();
    await start({
      ...day,
      types: ["session.*"],
      since: "2026-02-20T01:00:00Z",
      until: "2026-02-20T01:30:00Z",
      webhook_url: target.url,
      speed: 10,
    });
    const runner = new ReplayRunner(context());
    await runner.runDue();
    clock.ms += 179_000;
    await runner.runDue();
    expect(target.received.length).toBe(1);
    clock.ms += 1_000;
    await runner.runDue();
    expect(target.received.length).toBe(2);
  });

  it("may be asked for a pace at which the next event is due after the end of all dates", async () => {
    const target = await receiver();
    const replay = await start({ ...day, webhook_url: target.url, speed: 1e-300 });
    const runner = new ReplayRunner(context());
    await runner.runDue();
    expect(await status(replay)).toMatchObject({ status: "running", delivered: 1 });
    clock.ms += 86_400_000;
    await runner.runDue();
    expect(target.received.length).toBe(1);
    await server.fetch(`/api/v1/events/replay/${replay.id}`, { method: "DELETE" });
  });

  it("of one run sends that run's events only", async () => {
    const target = await receiver();
    const replay = await start({ webhook_url: target.url }, "/api/runs/wf-replayed/replay");
    expect(replay.event_count).toBe(2);
    await new ReplayRunner(context()).runDue();
    expect(target.received.map((one) => one.json.type)).toEqual(["session.started", "session.completed"]);
    expect((await server.send("/api/runs/unknown/replay", { webhook_url: target.url })).status).toBe(404);
  });

  it("passes events whose type a header cannot hold", async () => {
    const odd = ["odd.日本", "odd.a\r\nX: 1"];
    const created_at = "2026-02-10T00:00:00Z";
    await server.send(
      "/api/ingest/resonant",
      odd.map((type) => ({ ...event("odd", type, 1, 0), created_at })),
    );
    const target = await receiver();
    const range = { since: "2026-02-10T00:00:00Z", until: "2026-02-10T00:00:01Z" };
    const replay = await start({ ...range, types: ["odd.*"], webhook_url: target.url });
    await new ReplayRunner(context()).runDue();
    expect(target.received.map((one) => one.json.type)).toEqual(odd);
    expect(target.received.map((one) => decodeURIComponent(one.headers["x-webhook-event"] as string))).toEqual(odd);
    expect(await status(replay)).toMatchObject({ status: "completed", delivered: 2, error: null });
  });
});

describe("the door", () => {
  it.each([
    [{}, "webhook_url"],
    [{ webhook_url: "http://169.254.169.254/" }, "webhook_url"],
    [{ webhook_url: "https://example.com", since: "yesterday" }, "since"],
    [{ webhook_url: "https://example.com", since: "2026-02-21", until: "2026-02-20" }, "since"],
    [{ webhook_url: "https://example.com", types: ["a b"] }, "types.0"],
    [{ webhook_url: "https://example.com", speed: -1 }, "speed"],
    [{ webhook_url: "https://example.com", secret: "short" }, "secret"],
  ])("refuses %j and says where", async (body, path) => {
    const reply = await server.send("/api/v1/events/replay", body);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: "invalid_request", path } });
  });
});
