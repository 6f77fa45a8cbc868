import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readStream, type StreamReader } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
const open: StreamReader[] = [];
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  for (const reader of open) reader.close();
  await server.stop();
});

async function tail(path: string, headers: Record<string, string> = {}): Promise<StreamReader> {
  const reader = await readStream(server.fetch, path, headers);
  open.push(reader);
  return reader;
}

const wf = (run: string, seq: number, type: string, more: object = {}) => ({
  workflow_id: run,
  type,
  seq,
  timestamp: "2026-01-01T00:00:00Z",
  ...more,
});

describe("Shannon's stream", () => {
  const events = [
    wf("wf-s", 1, "WORKFLOW_STARTED", { agent_id: "orchestrator", message: "Starting up", payload: { query: "q" } }),
    wf("wf-s", 2, "LLM_PARTIAL", { agent_id: "writer", message: "Hel\u2028lo" }),
    wf("wf-s", 3, "WORKFLOW_PAUSED", { agent_id: "orchestrator", message: "Paused" }),
    wf("wf-s", 4, "WORKFLOW_COMPLETED", { message: "All done" }),
    wf("wf-s", 5, "STREAM_END"),
  ];

  it("is, byte for byte, what its clients expect, and ends behind done", async () => {
    await server.send("/events", events);
    const reader = await tail("/api/v1/stream/sse?workflow_id=wf-s");
    const text = await reader.end();
    const received = (await server.fetch("/api/runs/wf-s/events")).json() as Promise<{ events: { receivedAt: string; seq: number }[] }>;
    const stream = (await received).events.map((event) => `${Date.parse(event.receivedAt)}-${event.seq}`);
    expect(text.split("\n\n").map((frame) => frame.replaceAll(/\d{13}-(\d)/g, "S$1"))).toEqual(
      [
        ": connected to workflow wf-s",
        `id: ${stream[0]}\nevent: WORKFLOW_STARTED\ndata: {"workflow_id":"wf-s","type":"WORKFLOW_STARTED","agent_id":"orchestrator","message":"Starting up","timestamp":"2026-01-01T00:00:00Z","seq":1,"stream_id":"${stream[0]}","payload":{"query":"q"}}`,
        `id: ${stream[1]}\nevent: thread.message.delta\ndata: {"delta":"Hel\\u2028lo","workflow_id":"wf-s","agent_id":"writer","seq":2,"stream_id":"${stream[1]}","message":"Hel\\u2028lo"}`,
        `id: ${stream[2]}\nevent: workflow.paused\ndata: {"workflow_id":"wf-s","agent_id":"orchestrator","message":"Paused"}`,
        `id: ${stream[3]}\nevent: WORKFLOW_COMPLETED\ndata: {"workflow_id":"wf-s","type":"WORKFLOW_COMPLETED","message":"All done","timestamp":"2026-01-01T00:00:00Z","seq":4,"stream_id":"${stream[3]}"}`,
        `id: ${stream[4]}\nevent: done\ndata: [DONE]`,
        "",
      ].map((frame) => frame.replaceAll(/\d{13}-(\d)/g, "S$1")),
    );
  });

  it("is not compressed, not cached and not buffered", async () => {
    const reader = await tail("/api/v1/stream/sse?workflow_id=wf-s", { "accept-encoding": "gzip" });
    expect(Object.fromEntries(reader.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    expect(reader.headers.has("content-encoding")).toBe(false);
  });

  it("resumes behind an id of ours and behind a number, and from_seq includes its number", async () => {
    for (const query of ["last_event_id=3", "last_event_id=1700000000000-3", "from_seq=4"]) {
      const text = await (await tail(`/api/v1/stream/sse?workflow_id=wf-s&${query}`)).end();
      expect(text.match(/^event: .*$/gm)).toEqual(["event: WORKFLOW_COMPLETED", "event: done"]);
    }
  });

  it("resumes behind the header's id, which is the newer one when an EventSource comes back, and passes over an empty one", async () => {
    const ends = async (query: string, id: string) =>
      (await (await tail(`/api/v1/stream/sse?workflow_id=wf-s&${query}`, { "last-event-id": id })).end()).match(/^event: .*$/gm);
    expect(await ends("last_event_id=1", "3")).toEqual(["event: WORKFLOW_COMPLETED", "event: done"]);
    expect(await ends("last_event_id=", "3")).toEqual(["event: WORKFLOW_COMPLETED", "event: done"]);
    expect(await ends("last_event_id=3", "")).toEqual(["event: WORKFLOW_COMPLETED", "event: done"]);
  });

  it("refuses an id that is neither digits nor digits-digits with 400", async () => {
    expect((await server.fetch("/api/v1/stream/sse?workflow_id=wf-s&last_event_id=garbage")).status).toBe(400);
  });

  it("filters by stored name, SSE name and enum name alike, and still ends behind done when the filter hides the end", async () => {
    for (const types of ["WORKFLOW_PAUSED", "workflow.paused", "Workflow_Paused"]) {
      // A clean end without the mark is a broken stream to whoever waits for the mark: an EventSource would come back for ever.
      const text = await (await tail(`/api/v1/stream/sse?workflow_id=wf-s&types=${types}`)).end();
      expect(text.match(/^event: .*$/gm)).toEqual(["event: workflow.paused", "event: done"]);
    }
  });

  it("waits for a workflow whose first event is still on its way, and tells it from the first on", async () => {
    const reader = await tail("/api/v1/stream/sse?workflow_id=wf-early&types=WORKFLOW_STARTED");
    await reader.until(": connected to workflow wf-early\n\n");
    await server.send("/api/ingest/shannon", [wf("wf-early", 1, "WORKFLOW_STARTED"), wf("wf-early", 2, "STREAM_END")]);
    const text = await reader.end();
    expect(text.match(/^(?:event|): .*$/gm)).toEqual([": connected to workflow wf-early", "event: WORKFLOW_STARTED", "event: done"]);
    expect((await server.fetch("/api/v1/stream/sse?workflow_id=wf-none&last_event_id=garbage")).status).toBe(400);
    const alias = await server.fetch("/api/v1/tasks/wf-none/stream?types=PROGRESS", { redirect: "manual" });
    expect([alias.status, alias.headers.get("location")]).toEqual([307, "/api/v1/stream/sse?types=PROGRESS&workflow_id=wf-none"]);
  });

  describe("of a task that was begun anew after it had ended", () => {
    const names = (text: string) => text.match(/^event: .*$/gm)?.map((line) => line.slice(7));
    const lives = (run: string) => [
      wf(run, 1, "WORKFLOW_STARTED"),
      wf(run, 2, "WORKFLOW_COMPLETED"),
      wf(run, 3, "STREAM_END"),
      wf(run, 4, "WORKFLOW_STARTED"),
      wf(run, 5, "AGENT_THINKING", { message: "again" }),
      wf(run, 6, "WORKFLOW_COMPLETED"),
      wf(run, 7, "STREAM_END"),
    ];
    const both = ["WORKFLOW_STARTED", "WORKFLOW_COMPLETED", "WORKFLOW_STARTED", "AGENT_THINKING", "WORKFLOW_COMPLETED", "done"];

    it("tells both lives, live and from the log, and is done where the last one is", async () => {
      await server.send("/events", lives("wf-anew").slice(0, 5));
      const reader = await tail("/api/v1/stream/sse?workflow_id=wf-anew");
      await reader.until('"message":"again"');
      await server.send("/events", lives("wf-anew").slice(5));
      expect(names(await reader.end())).toEqual(both);
      expect(names(await (await tail("/api/v1/stream/sse?workflow_id=wf-anew")).end())).toEqual(both);
      const filtered = await (await tail("/api/v1/stream/sse?workflow_id=wf-anew&types=AGENT_THINKING")).end();
      expect(names(filtered)).toEqual(["AGENT_THINKING", "done"]);
    });

    it("goes on behind the mark of the first that was overtaken by the second's start", async () => {
      const [start, end, mark, anew, ...rest] = lives("wf-overtaken");
      await server.send("/events", [start, end, anew]);
      const reader = await tail("/api/v1/stream/sse?workflow_id=wf-overtaken");
      // The third that came.
      await reader.until('"seq":3');
      await server.send("/events", mark as object);
      await server.send("/events", rest);
      expect(names(await reader.end())).toEqual(both);
    });

    it("does so for a run of another system, which has no mark", async () => {
      const event = (type: string, id: string, more: object = {}) => ({ type, id, data: { run_id: "cs-anew", ...more } });
      const done = { duration_ms: 5, result: "ok" };
      await server.send("/api/ingest/crewship?run=cs-anew", [
        event("run.started", "a1"),
        event("run.completed", "a2", done),
        event("run.started", "a3"),
      ]);
      const reader = await tail("/api/v1/stream/sse?workflow_id=cs-anew");
      await reader.until("WORKFLOW_COMPLETED");
      await server.send("/api/ingest/crewship?run=cs-anew", event("run.completed", "a4", done));
      const lifes = ["WORKFLOW_STARTED", "WORKFLOW_COMPLETED", "WORKFLOW_STARTED", "WORKFLOW_COMPLETED", "done"];
      expect(names(await reader.end())).toEqual(lifes);
    });
  });

  it("takes its key from the query, because an EventSource cannot send headers", async () => {
    const key = await server.key("read");
    const reply = await fetch(`${server.url}/api/v1/stream/sse?workflow_id=wf-s&api_key=${key}`);
    expect(reply.status).toBe(200);
    await reply.body?.cancel();
    expect((await fetch(`${server.url}/api/v1/stream/sse?workflow_id=wf-s`)).status).toBe(401);
  });

  it("takes a key in the query under either name, where a client fills in only one of the two", async () => {
    const key = await server.key("read");
    for (const query of [`api_key=&token=${key}`, `api_key=${key}&token=`, `api_key=%20&token=${key}`]) {
      const reply = await fetch(`${server.url}/api/v1/stream/sse?workflow_id=wf-s&${query}`);
      expect([query, reply.status]).toEqual([query, 200]);
      await reply.body?.cancel();
    }
    expect((await fetch(`${server.url}/api/v1/stream/sse?workflow_id=wf-s&api_key=&token=`)).status).toBe(401);
  });
});

describe("Crewship's stream", () => {
  it("writes event, data, id in this order, follows live and closes behind the end of the run", async () => {
    await server.send("/api/ingest/crewship?run=run_c1", {
      type: "agent.started",
      payload: { agent: "Researcher", task: "Research AI trends" },
      timestamp: "2024-01-15T10:30:02Z",
    });
    const reader = await tail("/v1/runs/run_c1/events");
    await reader.until("evt_001\n\n");
    await server.send("/api/ingest/crewship?run=run_c1", {
      type: "run.completed",
      payload: { run_id: "run_c1", duration_ms: 5, result: "ok" },
      timestamp: "2024-01-15T10:30:09Z",
    });
    const frames = (await reader.end()).split("\n\n").filter((frame) => frame.startsWith("event:"));
    expect(frames[0]).toBe(
      'event: agent.started\ndata: {"agent":"Researcher","task":"Research AI trends","timestamp":"2024-01-15T10:30:02Z","type":"agent.started","payload":{"agent":"Researcher","task":"Research AI trends"},"data":{"agent":"Researcher","task":"Research AI trends"},"id":"evt_001"}\nid: evt_001',
    );
    expect(frames[1]?.split("\n")[0]).toBe("event: run.completed");
  });

  it("resumes behind Last-Event-ID and leaves the event line out with framing=message", async () => {
    const resumed = await (await tail("/v1/runs/run_c1/events", { "last-event-id": "evt_001" })).end();
    expect(resumed.match(/^id: .*$/gm)).toEqual(["id: evt_002"]);
    const unnamed = await (await tail("/v1/runs/run_c1/events?framing=message")).end();
    expect(unnamed).not.toMatch(/^event:/m);
    expect(unnamed.match(/^id: .*$/gm)).toEqual(["id: evt_001", "id: evt_002"]);
  });

  it("tells a reader that has the end of a run to stay away, and ends behind what came after it", async () => {
    await server.send("/api/ingest/crewship?run=run_over", [
      { type: "run.started", id: "o1", data: { run_id: "run_over" } },
      { type: "run.completed", id: "o2", data: { run_id: "run_over", duration_ms: 45_200, result: "ok" } },
    ]);
    const path = "/v1/runs/run_over/events";
    const again = await server.fetch(path, { headers: { "last-event-id": "evt_002" } });
    // An EventSource comes back behind every end of a response, but not behind this answer.
    expect([again.status, await again.text()]).toEqual([204, ""]);
    await server.send("/api/ingest/crewship?run=run_over", { type: "log", id: "o3", data: { level: "info", message: "late" } });
    const late = await (await tail(path, { "last-event-id": "evt_002" })).end();
    expect(late.match(/^id: .*$/gm)).toEqual(["id: evt_003"]);
    await server.send("/api/ingest/crewship?run=run_over", { type: "run.started", id: "o4", data: { run_id: "run_over" } });
    const reopened = await tail(path, { "last-event-id": "evt_004" });
    await server.send("/api/ingest/crewship?run=run_over", { type: "run.failed", id: "o5", data: { run_id: "run_over", error: "x" } });
    expect((await reopened.end()).match(/^id: .*$/gm)).toEqual(["id: evt_005"]);
  });
});

describe("our own stream", () => {
  it("gives every event once, in order, to a reader that is cut at any place and comes back, with and without a filter", async () => {
    const run = "wf-cuts";
    const total = 400;
    const writing = (async () => {
      for (let n = 1; n <= total; n += 5) {
        await server.send(
          "/events",
          Array.from({ length: 5 }, (_, k) =>
            wf(run, n + k, (n + k) % 3 === 0 ? "TOOL_INVOKED" : "AGENT_THINKING", { message: `m${n + k}` }),
          ),
        );
      }
    })();
    await server.send("/events", wf(run, 1, "AGENT_THINKING", { message: "m1" }));
    const plain = cutting(`/api/runs/${run}/stream`, total, 25);
    const filtered = cutting(`/api/runs/${run}/stream?types=tool.called`, Math.floor(total / 3), 10);
    await writing;
    expect(await plain).toEqual(Array.from({ length: total }, (_, n) => n + 1));
    const tools = (
      (await (await server.fetch(`/api/runs/${run}/events?types=tool.called&limit=1000`)).json()) as { events: { seq: number }[] }
    ).events.map((event) => event.seq);
    expect(await filtered).toEqual(tools);
  });

  /** Reads until `count` ids were seen, breaking the connection after every `each` of them. */
  async function cutting(path: string, count: number, each: number): Promise<number[]> {
    const seen: number[] = [];
    while (seen.length < count) {
      const reader = await readStream(server.fetch, path, seen.length > 0 ? { "last-event-id": String(seen.at(-1)) } : {});
      const ids = await reader.ids(Math.min(each, count - seen.length));
      seen.push(...ids);
      reader.close();
    }
    return seen;
  }

  it("says so and starts over when it is asked to resume at a place that the log never reached", async () => {
    for (const id of ["999", "garbage"]) {
      const reader = await tail("/api/runs/wf-s/stream", { "last-event-id": id });
      expect(await reader.ids(5)).toEqual([1, 2, 3, 4, 5]);
      expect(await reader.until("id: 1\n")).toMatch(
        /^: watchfloor\n\nevent: reset\ndata: \{"type":"reset",.*"reason":"unknown cursor"\}\n\nid: 1\n/,
      );
    }
    const shannon = await (await tail("/api/v1/stream/sse?workflow_id=wf-s&last_event_id=999")).end();
    expect(shannon.match(/^event: .*$/gm)?.slice(0, 2)).toEqual(["event: reset", "event: WORKFLOW_STARTED"]);
    for (const [query, first] of [
      ["", "event: reset\ndata: {"],
      ["?framing=message", 'data: {"type":"reset"'],
    ])
      expect((await (await tail(`/v1/runs/run_c1/events${query}`, { "last-event-id": "evt_999" })).end()).split("\n\n")[1]).toContain(
        first,
      );
  });

  it("says so as the system's own events are written, to a client that reads them all alike", async () => {
    const path = "/v1/runs/run_c1/events?framing=message";
    const [, frame] = (await (await tail(path, { "last-event-id": "evt_from_elsewhere" })).end()).split("\n\n");
    const about = { runId: expect.any(String), reason: "unknown cursor" };
    expect(JSON.parse((frame as string).slice("data: ".length))).toMatchObject({ type: "reset", ...about, payload: about, data: about });
  });

  it("replays a run of 100,000 events from the first on, and goes on live", async () => {
    const run = "wf-long";
    const total = 100_000;
    for (let n = 1; n <= total; n += 1_000)
      await server.send(
        "/events",
        Array.from({ length: 1_000 }, (_, k) => wf(run, n + k, "AGENT_THINKING", { message: "m" })),
      );
    const reader = await readStream(server.fetch, `/api/runs/${run}/stream`, { "last-event-id": "1" });
    const text = await reader.until(`id: ${total}\n`);
    await server.send("/events", wf(run, total + 1, "WORKFLOW_COMPLETED"));
    await reader.until(`id: ${total + 1}\n`);
    reader.close();
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
    expect(ids).toEqual(Array.from({ length: total - 1 }, (_, n) => n + 2));
  });

  it("shows a filter's first match live although nothing matched before", async () => {
    const reader = await tail("/api/runs/wf-cuts/stream?types=run.completed");
    await server.send("/events", wf("wf-cuts", 401, "WORKFLOW_COMPLETED"));
    expect(await reader.ids(1)).toEqual([401]);
  });
});

describe("the project's feed", () => {
  it("tells of changed runs and carries the events of the runs that were asked for, from their cursors on", async () => {
    await server.send("/events", [wf("wf-feed", 1, "WORKFLOW_STARTED"), wf("wf-feed", 2, "AGENT_THINKING")]);
    const { id } = (await (await server.fetch("/api/runs/wf-feed")).json()) as { id: string };
    const reader = await tail(`/api/stream?runs=${id}:1`);
    await reader.until("event: run.events");
    await server.send("/events", wf("wf-feed", 3, "WORKFLOW_COMPLETED"));
    const text = await reader.until('"status":"succeeded"');
    const batches = [...text.matchAll(/^event: run\.events\ndata: (.*)$/gm)].flatMap((match) =>
      (JSON.parse(match[1] as string) as { events: { seq: number }[] }).events.map((event) => event.seq),
    );
    expect(batches).toEqual([2, 3]);
    expect(text).toContain("event: hello\n");
  });

  it("answers an unknown run and an unknown cursor with an explicit reset", async () => {
    const { id } = (await (await server.fetch("/api/runs/wf-feed")).json()) as { id: string };
    const reader = await tail(`/api/stream?runs=${id}:999,00000000-0000-7000-8000-00000000dead:0`);
    const text = await reader.until("unknown run");
    expect(text).toContain(`event: reset\ndata: {"runId":"${id}","reason":"unknown cursor"}`);
  });
});

describe("the project's feed, gone on from a place", () => {
  it("begins behind it, or with a reset when it was never there or is no longer kept", async () => {
    const { pool } = server.services;
    await server.send("/events", [wf("wf-feed-a", 1, "WORKFLOW_STARTED")]);
    const head = Number(/"feedSeq":(\d+)/.exec(await (await tail("/api/stream")).until("event: hello"))?.[1]);
    await server.send("/events", [wf("wf-feed-b", 1, "WORKFLOW_STARTED")]);
    for (const [path, headers] of [
      [`/api/stream?from=${head}`, {}],
      ["/api/stream", { "last-event-id": String(head) }],
    ] as const) {
      const text = await (await tail(path, headers)).until('"externalId":"wf-feed-b"');
      expect(text).not.toMatch(/event: reset|wf-feed-a/);
    }
    for (const id of ["999999", "garbage"])
      expect(await (await tail("/api/stream", { "last-event-id": id })).until("event: hello")).toContain(
        'event: reset\ndata: {"reason":"unknown cursor"}\n\nevent: hello',
      );
    await pool`delete from feed where feed_seq <= ${head}`;
    expect(await (await tail(`/api/stream?from=${head}`)).until("event: hello")).not.toContain("event: reset");
    expect(await (await tail(`/api/stream?from=${head - 1}`)).until("event: hello")).toContain("event: reset");
  });

  it("refuses what is no number", async () => {
    for (const query of ["from=-5", "from=x", "from=1e3", "alerts=x"])
      expect((await server.fetch(`/api/stream?${query}`)).status).toBe(400);
  });
});

describe("ResonantGenesis's subscription", () => {
  it("begins with what the session did, follows live by wildcard and ends with the session", async () => {
    const event = (id: string, type: string, data: object) => ({
      id,
      type,
      created_at: "2026-02-21T03:27:00Z",
      data: { session_id: "sess_1", ...data },
      metadata: {},
    });
    await server.send("/api/ingest/resonant", [
      event("evt_a", "session.started", { goal: "g" }),
      { id: "evt_x", type: "user.login", created_at: "2026-02-21T03:27:00Z", data: { user_id: "u" } },
    ]);
    const reader = await tail("/api/v1/events/subscribe?events=session.*&session_id=sess_1");
    await reader.until("evt_a");
    await server.send("/api/ingest/resonant", event("evt_b", "session.step.completed", { step_number: 1 }));
    await server.send("/api/ingest/resonant", event("evt_c", "session.completed", { status: "completed" }));
    const text = await reader.end();
    expect(text.match(/^id: .*$/gm)).toEqual(["id: evt_a", "id: evt_b", "id: evt_c"]);
    const resumed = await (await tail("/v1/events/subscribe?session_id=sess_1", { "last-event-id": "evt_b" })).end();
    expect(resumed.match(/^id: .*$/gm)).toEqual(["id: evt_c"]);
  });

  it("tells who has the end of a session to stay away, and ends behind what came after it", async () => {
    const event = (id: string, type: string) => ({ id, type, data: { session_id: "sess_over" } });
    await server.send("/api/ingest/resonant", [event("evt_o1", "session.started"), event("evt_o2", "session.completed")]);
    const path = "/api/v1/events/subscribe?session_id=sess_over";
    const again = await server.fetch(path, { headers: { "last-event-id": "evt_o2" } });
    expect([again.status, await again.text()]).toEqual([204, ""]);
    await server.send("/api/ingest/resonant", event("evt_o3", "session.step.completed"));
    const late = await (await tail(path, { "last-event-id": "evt_o2" })).end();
    expect(late.match(/^id: .*$/gm)).toEqual(["id: evt_o3"]);
    expect((await server.fetch(path, { headers: { "last-event-id": "evt_o3" } })).status).toBe(204);
    // Begun anew, it is followed again.
    await server.send("/api/ingest/resonant", event("evt_o4", "session.started"));
    const reader = await tail(path, { "last-event-id": "evt_o3" });
    await reader.until("evt_o4");
    await server.send("/api/ingest/resonant", event("evt_o5", "session.failed"));
    expect((await reader.end()).match(/^id: .*$/gm)).toEqual(["id: evt_o4", "id: evt_o5"]);
  });

  it("resumes behind an event whose sender gave it no id, and finds it by the id that it got", async () => {
    const event = (run: string, type: string, data: object = {}) => ({ type, data: { session_id: run, ...data } });
    // The guide's own events, which have no id; two sessions whose ids differ in a dash alone.
    for (const run of ["sess-noid", "sessnoid"])
      await server.send("/api/ingest/resonant", [
        event(run, "session.started", { agent_id: "agent_456", goal: "Research AI trends", model: "gpt-4-turbo" }),
        event(run, "session.step.completed", { step_number: 3, step_type: "tool_call", tool: "web_search", duration_ms: 1234 }),
        event(run, "session.completed", { agent_id: "agent_456", status: "completed", steps: 5, duration_ms: 12345, tokens_used: 2500 }),
      ]);
    const ids: string[] = [];
    for (const run of ["sess-noid", "sessnoid"]) {
      const path = `/api/v1/events/subscribe?events=session.*&session_id=${run}`;
      const all = (await (await tail(path)).end()).match(/(?<=^id: ).*$/gm) ?? [];
      expect(all).toHaveLength(3);
      const rest = await (await tail(path, { "last-event-id": all[0] as string })).end();
      expect(rest).not.toContain("event: reset");
      expect(rest.match(/(?<=^id: ).*$/gm)).toEqual(all.slice(1));
      expect(await (await server.fetch(`/api/v1/events/${all[1]}`)).json()).toMatchObject({ id: all[1], data: { session_id: run } });
      ids.push(...all);
    }
    expect(new Set(ids).size).toBe(6);
  });

  it("lists of a session that came as its own stream what a subscription tells of it", async () => {
    const frames = ["session_start", "thinking", "tool_call", "tool_result", "done"];
    for (const type of frames) await server.send("/api/ingest/resonant?run=sess_frames", { type, tool: "web_search", content: "x" });
    const words = ["session.started", "session.step.completed", "session.completed"];
    const told = await (await tail("/api/v1/events/subscribe?session_id=sess_frames")).end();
    expect(told.match(/(?<=^event: ).*$/gm)).toEqual(words);
    const listed = async (query: string) => {
      const { data, pagination } = (await (await server.fetch(`/api/v1/events?session_id=sess_frames${query}`)).json()) as {
        data: { id: string; type: string }[];
        pagination: { total: number };
      };
      expect(pagination.total).toBe(data.length);
      return data;
    };
    const all = await listed("");
    expect(all.map(({ type }) => type)).toEqual(words);
    expect(all.map(({ id }) => id)).toEqual(told.match(/(?<=^id: ).*$/gm));
    expect((await listed("&types=session.completed,agent.*")).map(({ type }) => type)).toEqual(["session.completed"]);
    expect((await listed("&types=session.*")).map(({ type }) => type)).toEqual(words);
  });

  it("lists by wildcard, session and time with the platform's pagination, and finds one by id", async () => {
    const list = (await (await server.fetch("/api/v1/events?types[]=session.*&session_id=sess_1&limit=2")).json()) as {
      data: { id: string }[];
      pagination: object;
    };
    expect(list.data.map((event) => event.id)).toEqual(["evt_a", "evt_b"]);
    expect(list.pagination).toEqual({ total: 3, limit: 2, offset: 0, has_more: true });
    expect(await (await server.fetch("/api/v1/events/evt_x")).json()).toMatchObject({ id: "evt_x", type: "user.login" });
    expect((await server.fetch("/api/v1/events/evt_nobody")).status).toBe(404);
    expect(
      ((await (await server.fetch("/api/v1/events?session_id=sess_1&since=2026-02-21T03:27:01Z")).json()) as { data: unknown[] }).data,
    ).toEqual([]);
    // As Python's str(datetime) writes it, with the + of the zone encoded and not.
    for (const since of [
      "2026-02-21+03%3A27%3A00%2B00%3A00",
      "2026-02-21%2003:27:00+00:00",
      "2026-02-21 03:27:00.000001",
      "2026-02-21 03:27:00+00",
      "2026-02-21T03:27Z",
    ])
      expect(
        ((await (await server.fetch(`/api/v1/events?session_id=sess_1&since=${since}`)).json()) as { data: unknown[] }).data,
      ).toHaveLength(3);
    const runs = (await (await server.fetch("/api/runs?dialect=resonant")).json()) as { runs: { externalId: string }[] };
    expect(runs.runs.map((run) => run.externalId)).toEqual(["sess_frames", "sessnoid", "sess-noid", "sess_over", "sess_1"]);
  });
});

describe("Powabase's framing", () => {
  it("is bare data lines with both discriminators, closed behind complete", async () => {
    await server.send("/api/ingest/powabase?run=run-p", [
      { event: "start", run_id: "run-p", session_id: "s" },
      { event: "tool_result", tool_name: "t", result: "r" },
      { event: "complete", run_id: "run-p", status: "completed", content: "done" },
    ]);
    const text = await (await tail("/api/agents/runs/run-p/stream")).end();
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith(":"));
    expect(lines.every((line) => line.startsWith("data: {"))).toBe(true);
    const bodies = lines.map((line) => JSON.parse(line.slice(6)) as Record<string, unknown>);
    expect(bodies.map((body) => [body.event, body.type])).toEqual([
      ["start", "start"],
      ["tool_result", "tool_result"],
      ["complete", "complete"],
    ]);
    expect(bodies[1]).toMatchObject({ result: "r", result_preview: "r" });
    expect(await (await server.fetch("/api/agents/runs/run-p")).json()).toMatchObject({
      run_id: "run-p",
      status: "completed",
      content: "done",
    });
  });
});
