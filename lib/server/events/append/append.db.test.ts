import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const shannon = (run: string, seq: number, more: object = {}) => ({
  workflow_id: run,
  type: "AGENT_THINKING",
  agent_id: "a",
  message: `thought ${seq}`,
  timestamp: "2026-01-01T00:00:00Z",
  seq,
  ...more,
});

async function log(run: string) {
  const reply = await server.fetch(`/api/runs/${run}/events?limit=1000`);
  expect(reply.status).toBe(200);
  return (await reply.json()) as { events: { seq: number; source: { seq?: number } }[]; lastSeq: number };
}

describe("append", () => {
  it("makes an acknowledged event readable at once", async () => {
    for (let n = 1; n <= 20; n++) {
      const reply = await server.send("/api/ingest/shannon", shannon("wf-at-once", n));
      expect(reply.status).toBe(200);
      expect((await log("wf-at-once")).lastSeq).toBe(n);
    }
  });

  it("numbers each run 1..N without holes when 16 writers share 50 runs, durable and ephemeral events mixed", async () => {
    const runs = Array.from({ length: 50 }, (_, n) => `wf-shared-${n}`);
    const writer = async (id: number) => {
      for (const [n, run] of runs.entries()) {
        const type = (id + n) % 2 === 0 ? "LLM_PARTIAL" : "LLM_OUTPUT";
        const reply = await server.send("/api/ingest/shannon", [
          shannon(run, id * 10 + 1, { type }),
          shannon(run, id * 10 + 2, { type: "TOOL_INVOKED" }),
        ]);
        expect(await reply.json()).toMatchObject({ accepted: 2, duplicates: 0, rejected: [] });
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, id) => writer(id)));
    for (const run of runs) {
      const { events, lastSeq } = await log(run);
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 32 }, (_, n) => n + 1));
      expect(lastSeq).toBe(32);
    }
  });

  it("keeps requests of one sender in the order in which they were acknowledged", async () => {
    for (let n = 1; n <= 30; n++)
      await server.send("/api/ingest/agent-os", {
        event_type: "step",
        sdk_run_id: "run-order",
        payload: { node_name: `n${n}`, phase: "end" },
      });
    const { events } = (await (await server.fetch("/api/runs/run-order/events?raw=1")).json()) as {
      events: { raw: { payload: { node_name: string } } }[];
    };
    expect(events.map((event) => event.raw.payload.node_name)).toEqual(Array.from({ length: 30 }, (_, n) => `n${n + 1}`));
  });

  it("stores the same event once when every batch is sent three times by four clients at once", async () => {
    const batches = Array.from({ length: 10 }, (_, b) => Array.from({ length: 20 }, (_, n) => shannon("wf-thrice", b * 20 + n + 1)));
    const client = async (offset: number) => {
      for (let round = 0; round < 3; round++) {
        for (let n = 0; n < batches.length; n++)
          await server.send("/api/ingest/shannon", batches[(n * 7 + offset + round) % batches.length]);
      }
    };
    await Promise.all([0, 1, 2, 3].map(client));
    const { events } = await log("wf-thrice");
    expect(events.length).toBe(200);
    expect(new Set(events.map((event) => event.source.seq)).size).toBe(200);
  });

  it("lets the stored event stand when the same id comes with other content, and says so", async () => {
    await server.send("/api/ingest/resonant", { id: "evt_1", type: "session.started", data: { session_id: "sess-c", goal: "first" } });
    const same = await server.send(
      "/api/ingest/resonant",
      '{"type":"session.started", "id":"evt_1", "data":{"goal":"first","session_id":"sess-c"}}',
    );
    expect(await same.json()).toMatchObject({ accepted: 0, duplicates: 1, rejected: [] });
    const other = await server.send("/api/ingest/resonant", {
      id: "evt_1",
      type: "session.started",
      data: { session_id: "sess-c", goal: "second" },
    });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: "id_conflict" }] });
    expect((await log("sess-c")).lastSeq).toBe(1);
  });

  it("tells the same id with another number apart where a double does not", async () => {
    const body = (amount: string) => `{"id":"evt_big","type":"session.started","data":{"session_id":"sess-big","amount":${amount}}}`;
    for (const amount of ["9007199254740993", "9007199254740993.0"]) await server.send("/api/ingest/resonant", body(amount));
    expect((await log("sess-big")).lastSeq).toBe(1);
    const other = await server.send("/api/ingest/resonant", body("9007199254740992"));
    expect(await other.json()).toMatchObject({ accepted: 0, duplicates: 0, rejected: [{ index: 0, code: "id_conflict" }] });
  });

  it("answers a repeated Idempotency-Key as the first time, and refuses it for another body", async () => {
    const body = { event_type: "run_start", sdk_run_id: "run-idem", agent_name: "a", payload: {} };
    const replies = await Promise.all(Array.from({ length: 8 }, () => server.send("/api/ingest", body, { "idempotency-key": "k1" })));
    const bodies = await Promise.all(replies.map((reply) => reply.json()));
    expect(replies.map((reply) => reply.status)).toEqual(Array(8).fill(201));
    for (const one of bodies) expect(one).toEqual(bodies[0]);
    expect((await log("run-idem")).lastSeq).toBe(1);
    const other = await server.send("/api/ingest", { ...body, agent_name: "b" }, { "idempotency-key": "k1" });
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ error: { code: "idempotency_mismatch" } });
  });

  it("recognises a repeated NDJSON body under the same Idempotency-Key, also where its events carry no ids", async () => {
    const body = [1, 2, 3].map((n) => JSON.stringify({ event: "content_delta", delta: `d${n}` })).join("\n");
    const headers = { "content-type": "application/x-ndjson", "idempotency-key": "lines-1" };
    const first = await server.send("/api/ingest/powabase?run=run-lines", body, headers);
    const second = await server.send("/api/ingest/powabase?run=run-lines", body, headers);
    expect(await second.json()).toEqual(await first.json());
    expect((await log("run-lines")).lastSeq).toBe(3);
  });

  it.each([
    ["lines", '{"event":"content_delta","delta":"a"}\n{"event":"content_delta","delta":"b"}\n'],
    ["frames", 'data: {"event":"content_delta","delta":"a"}\n\ndata: {"event":"content_delta","delta":"b"}\n\n'],
    ["one object over several lines", '{\n"event":"content_delta",\n"delta":"a"}'],
  ])("recognises a repeated body without a Content-Type: %s", async (name, body) => {
    const run = `run-bare-${name.replaceAll(" ", "-")}`;
    const send = async () => {
      const headers = { "idempotency-key": run };
      const reply = await server.fetch(`/api/ingest/powabase?run=${run}`, { method: "PUT", headers, body: Buffer.from(body) });
      return { status: reply.status, repeated: reply.headers.get("idempotent-replay"), body: await reply.json() };
    };
    const first = await send();
    expect(first).toMatchObject({ status: 200, repeated: null });
    expect(await send()).toEqual({ ...first, repeated: "true" });
    expect((await log(run)).lastSeq).toBe(first.body.accepted);
  });

  it("does not take the same lines for another run, or from another source, for a repetition", async () => {
    const body = [{ type: "log", payload: { message: "m" } }];
    const send = (address: string) => server.send(`/api/ingest/crewship?${address}`, body, { "idempotency-key": "addressed" });
    expect((await send("run=run-key-a")).status).toBe(200);
    for (const address of ["run=run-key-b", "run=run-key-a&source=other"]) {
      const reply = await send(address);
      expect(reply.status).toBe(422);
      expect(await reply.json()).toMatchObject({ error: { code: "idempotency_mismatch" } });
    }
    expect((await send("run=run-key-a")).status).toBe(200);
    expect((await log("run-key-a")).lastSeq).toBe(1);
  });

  it("keeps both when a sender without ids sends the same words twice", async () => {
    const body = { event_type: "step", sdk_run_id: "run-twice", payload: { node_name: "n", phase: "end" } };
    await server.send("/api/ingest", body);
    await server.send("/api/ingest", body);
    expect((await log("run-twice")).lastSeq).toBe(2);
  });

  it("keeps the sender's JSON byte for byte, numbers beyond 2^53 included", async () => {
    const text = '{ "workflow_id":"wf-bytes","type":"NEW_THING",  "payload":{"n":9007199254740993,"x":1e400,"a":1,"a":2} }';
    expect((await server.send("/api/ingest/shannon", text)).status).toBe(200);
    const [row] = await server.services
      .pool`select raw::text from events e join runs r on r.id = e.run_id where r.external_id = 'wf-bytes'`;
    expect(row?.raw).toBe(text);
    expect(await (await server.fetch("/api/runs/wf-bytes/events?raw=1")).text()).toContain(`"raw":${text}`);
  });

  it("is done for everybody who waits for it to be, not only for the last who asked", async () => {
    const { appender, pool } = server.services;
    let sent: Promise<Response> | undefined;
    let drained: Promise<unknown> | undefined;
    await pool.begin(async (tx) => {
      await tx`lock table feed_heads`;
      sent = server.send("/api/ingest/shannon", { workflow_id: "drained", type: "WORKFLOW_STARTED" });
      await expect.poll(() => appender.queued.events).toBe(1);
      drained = Promise.all([appender.drain(), appender.drain()]);
    });
    await drained;
    expect(appender.queued.events).toBe(0);
    expect((await sent)?.status).toBe(200);
  });

  it("gives 503 with Retry-After when the queue is full, and everything that was acknowledged is there afterwards", async () => {
    const body = Array.from({ length: 2_000 }, (_, n) => ({ event_type: "step", sdk_run_id: "run-flood", payload: { n } }));
    const replies = await Promise.all(Array.from({ length: 60 }, () => server.send("/api/ingest", body)));
    const statuses = new Set(replies.map((reply) => reply.status));
    expect([...statuses].sort()).toEqual([200, 503]);
    for (const reply of replies.filter((one) => one.status === 503)) expect(reply.headers.get("retry-after")).toBe("1");
    const bodies = (await Promise.all(replies.map((reply) => reply.json()))) as { accepted?: number }[];
    const acknowledged = bodies.reduce((sum, one) => sum + (one.accepted ?? 0), 0);
    const run = (await (await server.fetch("/api/runs/run-flood")).json()) as { lastSeq: number };
    expect(run.lastSeq).toBe(acknowledged);
  });
});

describe("a Shannon stream that ends", () => {
  const started = { type: "WORKFLOW_STARTED", data: { query: "Analyze Q4 sales data", mode: "STANDARD" } };
  // The catalogue's own example. It says: failures are surfaced via ERROR_OCCURRED, completion is indicated by WORKFLOW_COMPLETED.
  const failing = {
    ...{ type: "ERROR_OCCURRED", message: "Database connection failed" },
    data: { error_type: "DATABASE_ERROR", error_message: "Connection timeout", recoverable: false, retry_count: 3, max_retries: 3 },
  };
  const completed = { type: "WORKFLOW_COMPLETED", data: { result: "Revenue increased 15% YoY" } };
  const end = { type: "STREAM_END" };
  const play = async (run: string, ...batches: object[][]) => {
    let seq = 0;
    for (const batch of batches) {
      const events = batch.map((event) => ({ workflow_id: run, seq: ++seq, ...event }));
      expect((await server.send("/events", events)).status).toBe(200);
    }
    const task = (await (await server.fetch(`/api/v1/tasks/${run}`)).json()) as { status: string; error: string };
    const { events } = (await (await server.fetch(`/api/v1/tasks/${run}/events?limit=1000`)).json()) as { events: { type: string }[] };
    return { ...task, types: events.map(({ type }) => type) };
  };

  it("has failed when it ends behind an error and nobody said that it completed, and is told so before its end mark", async () => {
    const told = { status: "TASK_STATUS_FAILED", error: "Connection timeout" };
    const types = ["WORKFLOW_STARTED", "ERROR_OCCURRED", "WORKFLOW_FAILED", "STREAM_END"];
    expect(await play("wf-end-1", [started], [failing], [end])).toMatchObject({ ...told, types });
    expect(await play("wf-end-2", [started, failing, end])).toMatchObject({ ...told, types });
    const stream = await (await server.fetch("/api/v1/stream/sse?workflow_id=wf-end-2")).text();
    expect(stream.match(/^event: .*$/gm)).toEqual(["event: WORKFLOW_STARTED", "event: error", "event: WORKFLOW_FAILED", "event: done"]);
    // The same end once more changes nothing.
    expect(await play("wf-end-2", [started, failing, end])).toMatchObject({ ...told, types });
  });

  it("failed when its end mark says, also where an old history is read", async () => {
    const at = (event: object, second: number) => ({ ...event, timestamp: `2024-10-27T10:00:0${second}Z` });
    expect(await play("wf-end-8", [at(started, 0), at(failing, 1), at(end, 2)])).toMatchObject({
      completed_at: "2024-10-27T10:00:02.000Z",
    });
  });

  it("has failed also when the mark overtook the error, whether in one batch or in two", async () => {
    const told = { status: "TASK_STATUS_FAILED", error: "Connection timeout" };
    const inOrder = [started, failing, end].map((event, index) => ({ ...event, seq: index + 1 }));
    const [first, second, third] = inOrder as [object, object, object];
    expect(await play("wf-overtaken-1", [first], [third], [second])).toMatchObject({ ...told, types: { length: 4 } });
    expect(await play("wf-overtaken-2", [third, second, first])).toMatchObject({ ...told, types: { length: 4 } });
    expect(await play("wf-overtaken-3", [third], [second], [first])).toMatchObject({ ...told, types: { length: 4 } });
    const completedLast = { ...completed, seq: 4 };
    expect(await play("wf-overtaken-4", [first], [third], [second], [completedLast])).toMatchObject({ status: "TASK_STATUS_COMPLETED" });
  });

  it("has not failed when it completed all the same, whenever that arrives, or when it met no error", async () => {
    const success = { status: "TASK_STATUS_COMPLETED", error: "" };
    expect(await play("wf-end-3", [started, failing, completed, end])).toMatchObject(success);
    expect(await play("wf-end-4", [started, failing, end, completed])).toMatchObject({ ...success, types: { length: 4 } });
    expect(await play("wf-end-5", [started, failing, end], [completed])).toMatchObject(success);
    const recoverable = { ...failing, data: { ...failing.data, recoverable: true } };
    expect(await play("wf-end-6", [started, recoverable, end])).toMatchObject({ status: "TASK_STATUS_RUNNING", types: { length: 3 } });
    expect(await play("wf-end-7", [started, end])).toMatchObject({ status: "TASK_STATUS_RUNNING", types: { length: 2 } });
  });
});

describe("usage buckets", () => {
  it("sum up to what the runs show, although calls, agents and the run report the same money again", async () => {
    const wf = "wf-money";
    await server.send("/api/ingest/shannon", [
      {
        workflow_id: wf,
        seq: 1,
        type: "LLM_OUTPUT",
        agent_id: "a",
        payload: { model: "gpt-5", cost_usd: 0.0105, usage: { total_tokens: 350, input_tokens: 200, output_tokens: 150 } },
      },
      { workflow_id: wf, seq: 2, type: "AGENT_COMPLETED", agent_id: "a", payload: { tokens_used: 350, cost_usd: 0.0105 } },
      {
        workflow_id: wf,
        seq: 3,
        type: "LLM_OUTPUT",
        agent_id: "b",
        payload: { model: "gpt-5", usage: { total_tokens: 10, input_tokens: 4, output_tokens: 6 } },
      },
      { workflow_id: wf, seq: 4, type: "WORKFLOW_COMPLETED", payload: { total_tokens: 400, total_cost_usd: 0.0125 } },
    ]);
    const run = (await (await server.fetch(`/api/runs/${wf}`)).json()) as {
      tokens: { total: number };
      cost: { reportedNanos: number; estimatedNanos: number };
    };
    const [sum] = await server.services.pool`
      select sum(b.tokens)::int as tokens, sum(b.reported_nanos)::bigint as reported, sum(b.estimated_nanos)::bigint as estimated
      from usage_buckets b join runs r on r.source_id = b.source_id where r.external_id = ${wf}`;
    expect(run.tokens.total).toBe(400);
    expect(run.cost.reportedNanos).toBe(12_500_000);
    expect({ tokens: sum?.tokens, reported: Number(sum?.reported), estimated: Number(sum?.estimated) }).toEqual({
      tokens: 400,
      reported: 12_500_000,
      estimated: run.cost.estimatedNanos,
    });
  });
});
