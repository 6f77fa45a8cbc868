import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import type { Control, RunControl } from "@/lib/core/api/control";
import type { EventPage } from "@/lib/core/api/event";
import type { RunSummary } from "@/lib/core/api/run";
import type { Source, SourceStream } from "@/lib/core/api/source";
import type { SourceCall } from "@/lib/core/api/source-call";
import { parseExact } from "@/lib/core/exact-json";
import { startTestServer, type TestServer } from "@/test/server";
import { SourceServer } from "@/test/source-server";
import { expireApprovals, finishDecisions } from "../approvals/expire-approvals";
import { SourceFollower } from "../jobs/source-follower";
import { WebhookSender } from "../jobs/webhook-sender";
import { claimStreams, type HeldStream, holdStreams, releaseStream } from "./claim-streams";
import type { FollowContext } from "./follow";

let server: TestServer;
let shannon: SourceServer;
let names = 0;
let name = "";
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());
beforeEach(async () => {
  names += 1;
  name = `gateway ${names}`;
  shannon = await new SourceServer().listen();
});
afterEach(() => shannon.stop());

const patch = (path: string, body: object) =>
  server.fetch(path, { method: "PATCH", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const make = async (more: object = {}) =>
  (await (
    await server.send("/api/sources", { dialect: "shannon", name, address: shannon.url, token: "sk_test", ...more })
  ).json()) as Source;
const follow = (source: Source, url: string, more: object = {}) => server.send(`/api/sources/${source.id}/streams`, { url, ...more });
const read = async (source: Source) => (await (await server.fetch(`/api/sources/${source.id}`)).json()) as Source;
const eventsOf = async (run: string) =>
  ((await (await server.fetch(`/api/runs/${run}/events?raw=1&limit=1000`)).json()) as EventPage).events;
/** Reads again until it holds. */
const until = async <T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    if (Date.now() > deadline) throw new Error(`it does not hold: ${JSON.stringify(value)}`);
  }
};
const streamOf = (source: Source, holds: (stream: SourceStream) => boolean) =>
  until(
    async () => (await read(source)).streams[0] as SourceStream,
    (stream) => stream !== undefined && holds(stream),
  );
const following = async (work: (follower: SourceFollower) => Promise<void>, context: FollowContext = server.services) => {
  const follower = new SourceFollower(context);
  follower.start();
  try {
    await work(follower);
  } finally {
    await follower.stop();
  }
};

describe("a stream that is followed", () => {
  it("loses and doubles nothing when it is cut again and again, and ends with the run (history first, then resumed by its last id)", async () => {
    const run = `cut-${names}`;
    const account = parseExact("9007199254740993");
    shannon.say(run, "WORKFLOW_STARTED", { payload: { query: "Count", account } });
    for (let n = 1; n <= 5; n += 1) shannon.say(run, "PROGRESS", { message: `step ${n}` });
    // The gateway keeps only its newest events for the stream.
    shannon.streamFrom = 5;
    const source = await make();
    expect((await follow(source, shannon.streamUrl(run))).status).toBe(201);
    await following(async () => {
      await streamOf(source, ({ state }) => state === "live");
      for (let round = 0; round < 3; round += 1) {
        shannon.cutAfter = 2;
        for (let n = 0; n < 4; n += 1) shannon.say(run, "PROGRESS", { message: `round ${round}, ${n}` });
        const all = shannon.events.length;
        await until(
          () => eventsOf(run),
          (events) => events.length === all,
        );
      }
      shannon.say(run, "WORKFLOW_PAUSED", { message: "Paused" });
      shannon.say(run, "WORKFLOW_RESUMED", { message: "Resumed" });
      shannon.say(run, "LLM_PARTIAL", { message: "tex" });
      shannon.say(run, "TOOL_INVOKED", { payload: { tool: "pay", params: { account } } });
      shannon.say(run, "WORKFLOW_COMPLETED");
      shannon.say(run, "STREAM_END");
      await streamOf(source, ({ state }) => state === "ended");
    });
    const events = await eventsOf(run);
    expect(events.map(({ source: { type } }) => type.toLowerCase().replace(/^workflow\./, "workflow_"))).toEqual(
      shannon.events.map(({ type }) =>
        type === "LLM_PARTIAL" ? "thread.message.delta" : type === "STREAM_END" ? "done" : type.toLowerCase(),
      ),
    );
    // Digit by digit, from the history and from the stream (G15).
    const raw = await (await server.fetch(`/api/runs/${run}/events?raw=1&limit=1000`)).text();
    expect(raw).toContain('"payload":{"query":"Count","account":9007199254740993}');
    expect(raw).toContain('"payload":{"tool":"pay","params":{"account":9007199254740993}}');
    expect(shannon.opened[0]).toBe(shannon.events[5]?.stream_id);
    expect(shannon.opened).toHaveLength(4);
    expect((await read(source)).streams[0]).toMatchObject({ events: events.length, error: null });
    expect(shannon.called.every(({ headers }) => headers["x-api-key"] === "sk_test")).toBe(true);
  });

  it("is followed by one process at a time, and by another one when that is killed, from where it was, known events left out", async () => {
    const run = `kill-${names}`;
    shannon.say(run, "WORKFLOW_STARTED");
    const source = await make();
    await follow(source, shannon.streamUrl(run));
    await following(async () => {
      await following(async () => {
        await streamOf(source, ({ state }) => state === "live");
        for (let n = 0; n < 20; n += 1) shannon.say(run, "PROGRESS", { message: String(n) });
        await until(
          () => eventsOf(run),
          (events) => events.length === 21,
        );
      });
    });
    expect(shannon.mostOpen).toBe(1);
    // A process that was killed: it still holds the stream for a while, and its cursor is behind what it stored.
    await server.services.pool`
      update source_streams set cursor = ${shannon.events[9]?.stream_id ?? ""}, held_by = gen_random_uuid(), held_until_ms = ${Date.now() + 300} where source_id = ${source.id}`;
    await following(async () => {
      await shannon.until(() => shannon.opened.length >= 2);
      shannon.say(run, "PROGRESS", { message: "behind the kill" });
      await until(
        () => eventsOf(run),
        (events) => events.length === 22,
      );
    });
    expect(shannon.mostOpen).toBe(1);
    expect((await eventsOf(run)).filter(({ source: { type } }) => type === "PROGRESS")).toHaveLength(21);
    expect((await read(source)).streams[0]?.duplicates).toBeGreaterThan(0);
  });

  it("is looked up in the history again after the clock was set back behind its last event: nobody knows how long ago that came", async () => {
    const run = `back-${names}`;
    shannon.say(run, "WORKFLOW_STARTED");
    const source = await make();
    await follow(source, shannon.streamUrl(run));
    await following(() => streamOf(source, ({ state, events }) => state === "live" && events === 1).then(() => {}));
    const { pool, now } = server.services;
    await pool`update source_streams set last_event_at_ms = ${now() + 3_600_000} where source_id = ${source.id}`;
    // No longer in the stream's buffer when it is opened again.
    shannon.say(run, "PROGRESS", { message: "meanwhile" });
    shannon.streamFrom = 3;
    shannon.say(run, "PROGRESS", { message: "behind it" });
    await following(async () => {
      await until(
        () => eventsOf(run),
        (events) => events.length === 3,
      );
    });
    await pool`delete from source_streams where source_id = ${source.id}`;
  });

  it("stays with who took it up again, whatever who had it before still has to say", async () => {
    const source = await make();
    await follow(source, shannon.streamUrl(`again-${names}`));
    const { pool } = server.services;
    const take = async () =>
      (await claimStreams(pool, { nowMs: Date.now(), holdMs: 60_000, limit: 1_000 })).find((one) => one.source.id === source.id);
    const before = (await take()) as HeldStream;
    await releaseStream(pool, before, { status: "following", error: null, tries: 0, nextTryMs: Date.now() });
    const now = (await take()) as HeldStream;
    await releaseStream(pool, before, { status: "following", error: null, tries: 0, nextTryMs: Date.now() });
    expect(await take()).toBeUndefined();
    expect((await holdStreams(pool, { streams: [before, now], untilMs: Date.now() + 60_000 })).has(now)).toBe(true);
    await releaseStream(pool, now, { status: "ended" });
    expect((await read(source)).streams[0]?.state).toBe("ended");
  });

  it("is let go when the server stops, also when it was opened again before the last connection was done with", async () => {
    const source = await make();
    const run = `late-${names}`;
    shannon.say(run, "WORKFLOW_STARTED");
    await follow(source, shannon.streamUrl(run));
    const { pool } = server.services;
    const done = { releases: 0 };
    // What gives a stream back is answered when the stream has been opened again.
    const late = new Proxy(pool, {
      apply: (query, self, parts) => {
        const rows: Promise<unknown> = Reflect.apply(query, self, parts);
        if (!String(parts[0]).includes("update source_streams set status =")) return rows;
        return rows.then(async (answer) => {
          await shannon.until(() => shannon.opened.length === 2);
          setImmediate(() => {
            done.releases += 1;
          });
          return answer;
        });
      },
    });
    await following(
      async () => {
        await streamOf(source, ({ state }) => state === "live");
        shannon.cut();
        await expect.poll(() => done.releases, { timeout: 20_000 }).toBe(1);
        await streamOf(source, ({ state }) => state === "live");
      },
      { ...server.services, pool: late },
    );
    await shannon.until(() => shannon.open === 0);
    expect(shannon.opened).toHaveLength(2);
    expect(shannon.mostOpen).toBe(1);
  });

  it("says why it is not followed, and is tried again only where that can help", async () => {
    const source = await make({ token: "sk_wrong" });
    await follow(source, shannon.streamUrl("refused"));
    await following(async () => {
      expect(await streamOf(source, ({ state }) => state === "failed")).toMatchObject({ error: 'HTTP 401: {"error":"Invalid API key"}' });
      const [stream] = (await read(source)).streams;
      const path = `/api/sources/${source.id}/streams/${stream?.id}`;
      await patch(`/api/sources/${source.id}`, { token: "sk_test" });
      shannon.answer = { status: 200, body: "<html>", type: "text/html" };
      await patch(path, { state: "following" });
      expect(await streamOf(source, ({ error }) => error?.includes("text/html") === true)).toMatchObject({ state: "failed" });
      shannon.answer = { status: 503, body: "later" };
      await patch(path, { state: "following" });
      expect(await streamOf(source, ({ tries }) => tries >= 2)).toMatchObject({ error: "HTTP 503: later" });
      shannon.answer = null;
      shannon.say("refused", "WORKFLOW_STARTED");
      await streamOf(source, ({ state, events }) => state === "live" && events === 1);
      await patch(path, { state: "paused" });
      await shannon.until(() => shannon.open === 0);
      expect((await server.fetch(path, { method: "DELETE" })).status).toBe(204);
      expect((await read(source)).streams).toEqual([]);
    });
  });
});

describe("a source that closes its stream each time", () => {
  it.each([
    ["behind the same event", 'id: 1\ndata: {"workflow_id":"again","type":"WORKFLOW_STARTED","seq":1}\n\n', 1],
    ["behind what cannot be read", "id: 1\ndata: {broken\n\n", 0],
  ])("is asked again after longer and longer pauses: %s", async (_, body, events) => {
    const source = await make();
    shannon.answer = { status: 200, body, type: "text/event-stream" };
    await follow(source, shannon.streamUrl("again"));
    await following(async () => {
      expect(await streamOf(source, ({ tries }) => tries >= 2)).toMatchObject({ events, error: "The source closed the stream." });
    });
  });
});

describe("a source's own endpoint", () => {
  const ask = async (run: string, id: string) => {
    await server.send(`/api/ingest/shannon?source=${encodeURIComponent(name)}`, [
      { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 },
      { workflow_id: run, type: "APPROVAL_REQUESTED", seq: 2, payload: { approval_id: id, tool_name: "rm", details: { path: "/a" } } },
    ]);
    const { approvals } = (await (await server.fetch(`/api/approvals?run=${run}`)).json()) as { approvals: Approval[] };
    return approvals[0] as Approval;
  };
  const decide = (approval: Approval, body: object) =>
    server.send(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...body });
  const approvalOf = async (id: string) => (await (await server.fetch(`/api/approvals/${id}`)).json()) as Approval;
  const callsOf = async (id: string) =>
    ((await (await server.fetch(`/api/approvals/${id}/calls`)).json()) as { calls: SourceCall[] }).calls;
  const sent = async () => {
    const sender = new WebhookSender(server.services);
    await sender.sendDue();
  };
  const posts = (path: string) => shannon.called.filter((call) => call.path === path);
  const decisionPath = "/api/v1/approvals/decision";

  it("is told of a decision once it is recorded, and the receipt shows it", async () => {
    await make();
    const approval = await ask(`told-${names}`, "appr-1");
    await server.send(
      `/api/approvals/${approval.id}/decision`,
      `{"decision":"edit","actionHash":"${approval.actionHash}","editedArguments":{"path":"/b","row":9007199254740993},"comment":"only b"}`,
    );
    await sent();
    const [call] = posts(decisionPath);
    expect(call?.headers).toMatchObject({ "x-api-key": "sk_test", "content-type": "application/json" });
    expect(JSON.parse(call?.body ?? "")).toMatchObject({
      ...{ workflow_id: `told-${names}`, approval_id: "appr-1", approved: true, feedback: "only b" },
      ...{ modified_action: '{"path":"/b","row":9007199254740993}', approved_by: "local owner" },
    });
    const { receipt } = await approvalOf(approval.id);
    expect(receipt).toMatchObject({ sentVia: "source" });
    expect([receipt?.deliveredAt, receipt?.acknowledgedAt].every((at) => at != null)).toBe(true);
    expect(await callsOf(approval.id)).toMatchObject([{ status: "delivered", attempts: 1, url: `${shannon.url}${decisionPath}` }]);
  });

  it("is told once by whoever finds a decision that a killed process left behind, also one that the deadline made", async () => {
    await make();
    const approval = await ask(`crash-${names}`, "appr-2");
    await server.services.pool`
      update approvals set status = 'denied', decision = 'deny', decided_through = 'watchfloor', decided_by = 'local owner',
        decided_at_ms = ${Date.now()}, claimed_until_ms = 0 where id = ${approval.id}`;
    await Promise.all(Array.from({ length: 4 }, () => finishDecisions()));
    await Promise.all([sent(), sent()]);
    await sent();
    expect(posts(decisionPath).map(({ body }) => JSON.parse(body).approved)).toEqual([false]);
    const late = await ask(`late-${names}`, "appr-3");
    await server.services.pool`update approvals set expires_at_ms = 1 where id = ${late.id}`;
    await expireApprovals();
    await sent();
    expect(JSON.parse(posts(decisionPath)[1]?.body ?? "")).toMatchObject({
      approval_id: "appr-3",
      approved: false,
      feedback: "approval timeout",
    });
  });

  it("that is down is tried again, one that refuses is called again by a person, and both are written down", async () => {
    await make();
    const approval = await ask(`down-${names}`, "appr-4");
    shannon.answer = { status: 503, body: "starting" };
    await decide(approval, { decision: "approve" });
    await sent();
    expect(await callsOf(approval.id)).toMatchObject([{ status: "pending", attempts: 1, log: [{ status_code: 503, reply: "starting" }] }]);
    expect((await approvalOf(approval.id)).receipt).toMatchObject({ sentVia: "source", deliveredAt: null });
    shannon.answer = { status: 404, body: '{"error":"Workflow or approval not found"}' };
    expect((await server.send(`/api/approvals/${approval.id}/resend`, {})).status).toBe(202);
    await sent();
    expect(await callsOf(approval.id)).toMatchObject([{ status: "failed", attempts: 2, nextAttemptAt: null }]);
    shannon.answer = null;
    await server.send(`/api/approvals/${approval.id}/resend`, {});
    await sent();
    expect(await callsOf(approval.id)).toMatchObject([{ status: "delivered", attempts: 3 }]);
    expect((await approvalOf(approval.id)).receipt?.acknowledgedAt).not.toBeNull();
    expect((await server.send("/api/approvals/00000000-0000-4000-8000-000000000000/resend", {})).status).toBe(404);
  });

  it("is asked to pause and cancel, and what was replaced meanwhile is not sent behind it", async () => {
    await make();
    const run = `steer-${names}`;
    await server.send(`/api/ingest/shannon?source=${encodeURIComponent(name)}`, { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 });
    shannon.answer = { status: 503, body: "" };
    const pause = (await (await server.send(`/api/runs/${run}/pause`, { reason: "lunch" })).json()) as Control;
    await sent();
    await server.send(`/api/runs/${run}/cancel`, {});
    shannon.answer = null;
    await server.services.pool`update webhook_deliveries set next_attempt_ms = 0 where status = 'pending'`;
    await sent();
    expect(posts(`/api/v1/tasks/${run}/pause`).map(({ body }) => JSON.parse(body))).toEqual([{ reason: "lunch" }]);
    expect(posts(`/api/v1/tasks/${run}/cancel`)).toHaveLength(1);
    const { latest } = (await (await server.fetch(`/api/runs/${run}/control`)).json()) as RunControl;
    expect(latest).toMatchObject({ action: "cancel", outcome: "open", acknowledgedVia: "source" });
    expect((await server.send(`/api/runs/${run}/control/${pause.id}/resend`, {})).status).toBe(409);
    expect((await server.send(`/api/runs/${run}/control/${latest?.id}/resend`, {})).status).toBe(202);
  });
});

describe("a source", () => {
  it("says its environment in all of its runs, those before it too, keeps it when it is forgotten, and takes no odd one", async () => {
    const source = await make({ environment: "production" });
    await server.send(`/api/ingest/shannon?source=${name}`, { workflow_id: `said-${names}`, type: "WORKFLOW_STARTED", seq: 1 });
    const said = async () => ((await (await server.fetch(`/api/runs/said-${names}`)).json()) as RunSummary).environment;
    expect(await said()).toBe("production");
    expect(await (await patch(`/api/sources/${source.id}`, { environment: " Staging / EU " })).json()).toMatchObject({
      environment: "Staging / EU",
      address: `${shannon.url}/`,
      hasToken: true,
    });
    expect(await said()).toBe("Staging / EU");
    for (const environment of ["", "<b>", "a".repeat(41), 7]) {
      const reply = await patch(`/api/sources/${source.id}`, { environment });
      expect([environment, reply.status, await reply.json()]).toEqual([
        environment,
        400,
        { error: expect.objectContaining({ path: "environment" }) },
      ]);
    }
    await server.fetch(`/api/sources/${source.id}`, { method: "DELETE" });
    expect((await read(source)).environment).toBe("Staging / EU");
    // As another process would have changed it.
    await server.services.pool`update sources set environment = 'east' where id = ${source.id}`;
    await server.services.environments.renew();
    expect(await said()).toBe("east");
    await patch(`/api/sources/${source.id}`, { environment: null });
    expect(await said()).toBeNull();
  });

  it("keeps its token to itself, refuses inner addresses and another host, and is seen by keys with the scope admin alone", async () => {
    const source = await make();
    expect(source).toMatchObject({ hasToken: true, address: `${shannon.url}/`, decides: true, controls: ["pause", "resume", "cancel"] });
    const [row] = await server.services.pool`select token from sources where id = ${source.id}`;
    expect(row?.token).not.toContain("sk_test");
    const { sources } = (await (await server.fetch("/api/sources")).json()) as { sources: Source[] };
    expect(JSON.stringify(sources)).not.toContain("sk_test");
    expect((await server.send("/api/sources", { dialect: "shannon", name, address: shannon.url })).status).toBe(409);
    for (const address of ["http://169.254.169.254/", "ftp://example.com", "http://user:pw@example.com"])
      expect((await server.send("/api/sources", { dialect: "shannon", name: "x", address })).status).toBe(400);
    expect((await follow(source, "http://127.0.0.2:9/api/v1/stream/sse?workflow_id=x")).status).toBe(400);
    expect((await follow(source, shannon.streamUrl("twice"))).status).toBe(201);
    expect((await follow(source, shannon.streamUrl("twice"))).status).toBe(409);
    const key = await server.key("read", "ingest", "decide", "control");
    expect((await fetch(`${server.url}/api/sources`, { headers: { "x-api-key": key } })).status).toBe(403);
    expect(await (await server.send(`/api/sources/${source.id}/test`, {})).json()).toMatchObject({ ok: true, status: 200 });
    await patch(`/api/sources/${source.id}`, { token: null });
    expect(await (await server.send(`/api/sources/${source.id}/test`, {})).json()).toMatchObject({
      ok: false,
      status: 401,
      error: "HTTP 401",
    });
    expect((await server.fetch(`/api/sources/${source.id}`, { method: "DELETE" })).status).toBe(204);
    expect(await read(source)).toMatchObject({ address: null, hasToken: false, streams: [] });
    expect((await server.fetch("/api/sources/nobody")).status).toBe(404);
  });
});
