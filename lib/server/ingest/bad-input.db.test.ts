import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

type Refusal = { error: { code: string; message: string; requestId: string } };

async function refused(reply: Response, status: number, code: string): Promise<void> {
  const body = (await reply.json()) as Refusal;
  expect({ status: reply.status, code: body.error.code }).toEqual({ status, code });
  expect(body.error.message).not.toBe("");
  expect(body.error.requestId).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
  expect(JSON.stringify(body)).not.toMatch(/\bat .*\.(ts|js|mjs):\d+/);
}

const deep = (levels: number) => `{"workflow_id":"wf-deep","type":"X","payload":${"[".repeat(levels)}${"]".repeat(levels)}}`;
const valid = (run: string, more: object = {}) => ({ workflow_id: run, type: "AGENT_STARTED", agent_id: "a", ...more });

describe("a body that cannot be events is refused with a clear error and the right status", () => {
  const cases: [name: string, body: string | Uint8Array, status: number, code: string, headers?: Record<string, string>][] = [
    ["empty", "", 400, "invalid_json"],
    ["white space", " \n ", 400, "invalid_json"],
    ["null", "null", 422, "invalid_event"],
    ["a number", "1", 422, "invalid_event"],
    ["a string", '"x"', 422, "invalid_event"],
    ["cut JSON", '{"workflow_id":"a"', 400, "invalid_json"],
    ["NaN", '{"workflow_id":"a","type":"X","n":NaN}', 400, "invalid_json"],
    ["invalid UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, "invalid_encoding"],
    ["depth 65", deep(64), 400, "too_deep"],
    ["depth 100,000", deep(100_000), 400, "too_deep"],
    ["a million keys", `{"workflow_id":"a","type":"X",${'"k":1,'.repeat(600_000)}"z":1}`, 400, "too_many_values"],
    ["more than 4 MiB", `{"workflow_id":"a","type":"X","s":"${"x".repeat(4 * 1024 * 1024)}"}`, 413, "too_large"],
    ["wrong content type", "{}", 415, "unsupported_media_type", { "content-type": "text/html" }],
    ["a form", "workflow_id=a&type=X", 415, "unsupported_media_type", { "content-type": "application/x-www-form-urlencoded" }],
    ["text of no kind", "hello", 415, "unsupported_media_type", { "content-type": "text/plain" }],
    [
      "UTF-16 of no kind",
      Buffer.from(`\ufeff${JSON.stringify(valid("a"))}`, "utf16le"),
      415,
      "unsupported_media_type",
      { "content-type": "" },
    ],
    ["unknown encoding", "{}", 415, "unsupported_media_type", { "content-encoding": "zstd" }],
    ["truncated gzip", gzipSync('{"workflow_id":"a","type":"X"}').subarray(0, 20), 400, "invalid_encoding", { "content-encoding": "gzip" }],
    ["a gzip bomb", gzipSync(Buffer.alloc(200 * 1024 * 1024, 32)), 413, "too_large", { "content-encoding": "gzip" }],
    ["no run id", '{"type":"AGENT_STARTED"}', 422, "invalid_event"],
    ["an empty run id", '{"type":"AGENT_STARTED","workflow_id":""}', 422, "invalid_event"],
    ["a run id of 10,000 characters", JSON.stringify({ type: "X", workflow_id: "r".repeat(10_000) }), 422, "invalid_event"],
    ["a run id with a line feed", '{"type":"X","workflow_id":"a\\nb"}', 422, "invalid_event"],
  ];
  for (const [name, body, status, code, headers] of cases) {
    it(name, async () => {
      const init = { method: "POST", headers: { "content-type": "application/json", ...headers }, body: body as BodyInit };
      await refused(await server.fetch("/api/ingest/shannon", init), status, code);
    });
  }

  it.each([
    ["shannon", { type: "AGENT_STARTED" }, "workflow_id"],
    ["agent-os", { event_type: "step", payload: {} }, "sdk_run_id"],
    ["powabase", { event: "chunk", content: "x" }, "run_id"],
    ["crewship", { type: "log", message: "x" }, "run_id"],
    ["resonant", { type: "session.started", data: {} }, "data.session_id"],
  ])("an event of %s without a run names the field that it belongs in", async (dialect, event, field) => {
    const body = await (await server.send(`/api/ingest/${dialect}`, event)).json();
    expect(body).toMatchObject({ error: { message: expect.stringContaining(`\`${field}\``), path: field } });
    expect(body).toMatchObject({ rejected: [{ code: "missing_run", path: field }], errors: { [field]: [expect.any(String)] } });
  });

  it.each(["%20", "a%0Ab", "%00", "%C2%85x", "%09tab", "r".repeat(513), ""])(
    "?run=%s is no more a run than it is in a body",
    async (run) => {
      const reply = await server.send(`/api/ingest/crewship?run=${run}`, { type: "log", message: "m" });
      expect(await reply.clone().json()).toMatchObject({ error: { path: "?run=" } });
      await refused(reply, 400, "invalid_request");
    },
  );

  it("lines of JSON that call themselves one JSON are told their own name", async () => {
    const lines = '{"workflow_id":"wf-lines","type":"X"}\n{"workflow_id":"wf-lines","type":"Y"}\n';
    const reply = await server.send("/api/ingest/shannon", lines);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: "invalid_json", hint: expect.stringContaining("application/x-ndjson") } });
  });

  it("nothing of all that was stored", async () => {
    expect(await (await server.fetch("/api/runs")).json()).toEqual({ runs: [], nextCursor: null });
  });
});

describe("an event that names no run, behind one that does", () => {
  const [first, nameless] = [valid("wf-before"), { type: "AGENT_COMPLETED" }];
  const list = "application/json";
  const lines = "application/x-ndjson";
  const stream = "text/event-stream";
  const body = (kind: string, events: readonly object[]) => {
    if (kind === list) return JSON.stringify(events);
    return events.map((event) => (kind === lines ? `${JSON.stringify(event)}\n` : `data: ${JSON.stringify(event)}\n\n`)).join("");
  };
  const send = async (dialect: string, kind: string, events: readonly object[]) => {
    const init = { method: "POST", headers: { "content-type": kind }, body: body(kind, events) };
    return (await server.fetch(`/api/ingest/${dialect}`, init)).json();
  };

  it.each([
    ["shannon", list, first, nameless],
    ["shannon", lines, first, nameless],
    ["agent-os", list, { event_type: "run_start", sdk_run_id: "os-before", payload: {} }, { event_type: "step", payload: {} }],
    ["resonant", list, { type: "session.started", data: { session_id: "s-before" } }, { type: "session.ended", data: {} }],
  ])("is refused in %s's %s: it may be of any other run", async (dialect, kind, before, event) => {
    expect(await send(dialect, kind, [before, event])).toMatchObject({ accepted: 1, rejected: [{ index: 1, code: "missing_run" }] });
  });

  it.each([
    ["shannon", stream, valid("wf-before-2"), nameless],
    ["powabase", list, { event: "start", run_id: "p-before" }, { event: "chunk", content: "x" }],
    ["powabase", lines, { event: "start", run_id: "p-before-2" }, { event: "chunk", content: "x" }],
    ["crewship", list, { type: "run.started", run_id: "c-before" }, { type: "log", message: "x" }],
    ["crewship", stream, { type: "run.started", run_id: "c-before-2" }, { type: "log", message: "x" }],
  ])("is of its run in %s's %s, which names it once", async (dialect, kind, before, event) => {
    expect(await send(dialect, kind, [before, event])).toMatchObject({ accepted: 2, rejected: [], run_ids: [expect.any(String)] });
  });
});

describe("hostile content is stored as it is", () => {
  it("takes a byte-order mark, an empty array, hostile run ids, __proto__ and absurd figures", async () => {
    expect(await (await server.send("/api/ingest/shannon", "[]")).json()).toMatchObject({ accepted: 0, rejected: [] });
    expect((await server.send("/api/ingest/shannon", `\ufeff${JSON.stringify(valid("wf-bom"))}`)).status).toBe(200);
    for (const run of ["../../x", "<script>alert(1)</script>", "\u202eevil", "🦀", "a b/c?d#e", "constructor", "__proto__"]) {
      expect((await server.send("/api/ingest/shannon", valid(run))).status).toBe(200);
      const found = await server.fetch(`/api/runs/${encodeURIComponent(run)}`);
      expect(await found.json()).toMatchObject({ externalId: run });
    }
    const hostile =
      '{"workflow_id":"wf-hostile","type":"LLM_OUTPUT","__proto__":{"polluted":true},"payload":{"usage":{"input_tokens":-1,"output_tokens":1e400,"total_tokens":9007199254740993},"cost_usd":-5,"constructor":{"prototype":{"polluted":true}}}}';
    expect((await server.send("/api/ingest/shannon", hostile)).status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(await (await server.fetch("/api/runs/wf-hostile")).json()).toMatchObject({
      tokens: { input: 0, output: 0, total: 0 },
      cost: { reportedNanos: 0 },
    });
  });

  it("replaces U+0000 and lone surrogates, which the database cannot hold, in every place where a sender can put text", async () => {
    const nul = {
      workflow_id: "wf-nul",
      type: "TYPE\u0000X",
      agent_id: "a\u0000",
      message: "m\u0000\ud800",
      payload: { "k\u0000": "\udfff" },
    };
    expect(
      (await server.send("/api/ingest/shannon", [nul, { ...nul, type: "WORKFLOW_STARTED", payload: { query: `${"x".repeat(299)}😀` } }]))
        .status,
    ).toBe(200);
    const { events } = (await (await server.fetch("/api/runs/wf-nul/events?raw=1")).json()) as { events: { raw: { agent_id: string } }[] };
    expect(events.map((event) => event.raw.agent_id)).toEqual(["a\ufffd", "a\ufffd"]);
  });

  it("keeps unknown types and unknown fields, counts and shows them", async () => {
    await server.send("/api/ingest/shannon", { workflow_id: "wf-unknown", type: "SOMETHING_NEW", whatever: [1, { a: null }] });
    expect(await (await server.fetch("/api/runs/wf-unknown")).json()).toMatchObject({ unknownEvents: 1, lastSeq: 1 });
    const { events } = (await (await server.fetch("/api/runs/wf-unknown/events?raw=1")).json()) as { events: unknown[] };
    expect(events).toMatchObject([{ type: "event.unknown", source: { type: "SOMETHING_NEW" }, raw: { whatever: [1, { a: null }] } }]);
  });

  it("stores 499 of a batch of 500 with one bad entry, and says which", async () => {
    const batch = Array.from({ length: 500 }, (_, n) => (n === 123 ? 7 : valid("wf-batch", { seq: n + 1 })));
    const reply = await server.send("/api/ingest/shannon", batch);
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ accepted: 499, duplicates: 0, rejected: [{ index: 123, code: "invalid_event" }] });
  });

  it("does not let one request that the database refuses take down those that are committed with it", async () => {
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        server.send(
          "/api/ingest/shannon",
          n % 2 === 0
            ? valid(`wf-pair-${n}`)
            : valid(`wf-pair-${n}`, { timestamp: "+275760-09-13T00:00:00Z", payload: { cost_usd: 9e15 } }),
        ),
      ),
    );
    expect(replies.map((reply) => reply.status)).toEqual(Array(40).fill(200));
  });

  it("keeps the whole lines of an NDJSON body and names the broken ones", async () => {
    const body = [JSON.stringify(valid("wf-lines", { seq: 1 })), "{broken", "", JSON.stringify(valid("wf-lines", { seq: 2 }))].join("\n");
    const reply = await server.send("/api/ingest/shannon", body, { "content-type": "application/x-ndjson" });
    expect(await reply.json()).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: "invalid_json" }] });
  });

  it("cannot be made to forge an event by a blank line in an event-stream body's JSON text", async () => {
    const body = `event: WORKFLOW_STARTED\ndata: ${JSON.stringify(valid("wf-forge", { seq: 1, message: "a\n\nevent: STREAM_END\ndata: {}" }))}\n\n: ping\n\ndata: [DONE]\n\n`;
    const reply = await server.send("/api/ingest/shannon?run=wf-forge", body, { "content-type": "text/event-stream" });
    expect(await reply.json()).toMatchObject({ accepted: 2, rejected: [] });
  });
});

describe("a body that is still being written", () => {
  it("is not followed through what a compressor makes of nothing", async () => {
    const line = `${JSON.stringify(valid("wf-inflated", { seq: 1 }))}\n`;
    const bomb = gzipSync(Buffer.concat([Buffer.from(line), Buffer.alloc(200 * 1024 * 1024, "\n")]));
    const headers = { "content-type": "application/x-ndjson", "content-encoding": "gzip" };
    await refused(await server.fetch("/api/ingest/shannon", { method: "POST", headers, body: bomb }), 413, "too_large");
    expect((await server.fetch("/api/runs/wf-inflated")).status).toBe(200);
  });

  it("may be uploaded with PUT and without a content type, as curl -T- does", async () => {
    const body = Buffer.from('event: agent.started\ndata: {"agent":"R","task":"t"}\nid: evt_001\n\n');
    const reply = await server.fetch("/api/ingest/crewship?run=run-put", { method: "PUT", body });
    expect(reply.status).toBe(200);
    expect(await reply.json()).toMatchObject({ accepted: 1, rejected: [] });
  });

  it("is stored event by event, and what was stored stays when its sender is cut off", async () => {
    const { port } = new URL(server.url);
    const upload = request({
      host: "127.0.0.1",
      port,
      method: "POST",
      path: "/api/ingest/crewship?run=run-live",
      headers: { authorization: `Bearer ${server.services.localToken}` },
    });
    upload.on("error", () => {});
    upload.write('event: agent.started\ndata: {"agent":"R","task":"t"}\nid: evt_001\n\n');
    let seen = 0;
    while (seen < 1) {
      const reply = await server.fetch("/api/runs/run-live");
      seen = reply.status === 200 ? ((await reply.json()) as { lastSeq: number }).lastSeq : 0;
    }
    upload.write('event: tool.called\ndata: {"tool":"web_search","input":"x"}\nid: evt_002\n\nevent: log\ndata: {"lev');
    while (seen < 2) seen = ((await (await server.fetch("/api/runs/run-live")).json()) as { lastSeq: number }).lastSeq;
    upload.destroy();
    expect(await (await server.fetch("/api/runs/run-live")).json()).toMatchObject({ lastSeq: 2, toolCalls: 1, status: "running" });
  });
});

describe("queries", () => {
  it("refuses what it does not understand and never answers 500", async () => {
    for (const path of [
      "/api/runs?limit=abc",
      "/api/runs?status=nonsense",
      "/api/runs?cursor=nonsense",
      "/api/runs?dialect=x",
      "/api/runs/wf-bom/events?from=-1",
      "/api/v1/events?since=yesterday",
      "/api/v1/events?since=2026-02-30",
      "/api/costs?from=2026-06-31T00:00:00Z",
      "/api/stream?runs=x",
    ]) {
      await refused(await server.fetch(path), 400, "invalid_request");
    }
    for (const path of [
      "/api/runs/nobody",
      "/api/runs/%00",
      "/api/runs/%ff",
      "/api/v1/tasks/nobody",
      "/v1/runs/nobody/events",
      "/api/nothing",
      "/v1/nothing",
    ]) {
      await refused(await server.fetch(path), 404, "not_found");
    }
    await refused(await server.fetch("/api/runs", { method: "POST", body: "{}" }), 405, "method_not_allowed");
  });
});
