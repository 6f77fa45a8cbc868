import { describe, expect, test } from "vitest";
import type { CanonicalEvent } from "../../core/events/canonical";
import type { LoggedEvent } from "../../core/events/logged";
import { parseExact, stringifyExact } from "../../core/exact-json";
import type { JsonObject } from "../../core/json";
import type { DialectEncoder, Incoming, Outgoing } from "../contract";
import { crewship, crewshipEncoder, crewshipMessageEncoder, parseCrewshipResume } from "./index";

const receivedAtMs = Date.parse("2024-01-15T10:30:09.000Z");

function own(incoming: Incoming, seq: number): Outgoing {
  const address = crewship.address(incoming);
  const type = "type" in address ? address.type : "";
  const event: LoggedEvent = { ...crewship.decode(incoming), seq, receivedAtMs, source: { dialect: "crewship", type } };
  return { event, raw: incoming.body, runId: "run_abc123" };
}

function foreign(event: CanonicalEvent, seq = 1): Outgoing {
  return { event: { ...event, seq, receivedAtMs, source: { dialect: "shannon", type: "X" } }, runId: "wf-1" };
}

function lines(encoder: DialectEncoder, outgoing: Outgoing): string[] {
  const frame = encoder.frame(outgoing);
  if (frame === null) return [];
  const text = { event: frame.event, data: JSON.stringify(frame.data), id: frame.id };
  return encoder.lineOrder.flatMap((line) => (text[line] === undefined ? [] : [`${line}: ${text[line]}`]));
}

describe("the seed's examples go out in the seed's format, with the keys of the other two shapes behind them", () => {
  test("agent.started", () => {
    const body = { agent: "Researcher", task: "Research AI trends", timestamp: "2024-01-15T10:30:02Z" };
    expect(lines(crewshipEncoder, own({ body, name: "agent.started" }, 1))).toEqual([
      "event: agent.started",
      'data: {"agent":"Researcher","task":"Research AI trends","timestamp":"2024-01-15T10:30:02Z","type":"agent.started","payload":{"agent":"Researcher","task":"Research AI trends"},"data":{"agent":"Researcher","task":"Research AI trends"},"id":"evt_001"}',
      "id: evt_001",
    ]);
  });

  test("tool.called", () => {
    const body = { tool: "web_search", input: "AI agents 2024", timestamp: "2024-01-15T10:30:05Z" };
    expect(lines(crewshipEncoder, own({ body, name: "tool.called" }, 2))).toEqual([
      "event: tool.called",
      'data: {"tool":"web_search","input":"AI agents 2024","timestamp":"2024-01-15T10:30:05Z","type":"tool.called","payload":{"tool":"web_search","input":"AI agents 2024"},"data":{"tool":"web_search","input":"AI agents 2024"},"id":"evt_002"}',
      "id: evt_002",
    ]);
  });

  test("log, whose payload holds the timestamp", () => {
    const body = { level: "info", message: "Found 15 relevant results", timestamp: "2024-01-15T10:30:06Z" };
    expect(lines(crewshipEncoder, own({ body, name: "log" }, 3))).toEqual([
      "event: log",
      'data: {"level":"info","message":"Found 15 relevant results","timestamp":"2024-01-15T10:30:06Z","type":"log","payload":{"level":"info","message":"Found 15 relevant results","timestamp":"2024-01-15T10:30:06Z"},"data":{"level":"info","message":"Found 15 relevant results","timestamp":"2024-01-15T10:30:06Z"},"id":"evt_003"}',
      "id: evt_003",
    ]);
  });

  test("every shape of the same event goes out as the same frame", () => {
    const flat = { agent: "Researcher", task: "Research AI trends" };
    const timestamp = "2024-01-15T10:30:02Z";
    const shapes: Incoming[] = [
      { body: { ...flat, timestamp }, name: "agent.started", id: "evt_900" },
      { body: { type: "agent.started", payload: flat, timestamp } },
      { body: { type: "agent.started", data: flat, timestamp }, name: "message" },
    ];
    const frames = shapes.map((incoming) => lines(crewshipEncoder, own(incoming, 1)).join("\n"));
    expect(new Set(frames).size).toBe(1);
  });
});

test("without a name the same object is sent, so that onmessage fires", () => {
  const outgoing = own({ body: { agent: "Researcher" }, name: "agent.started" }, 1);
  const [, ...unnamed] = lines(crewshipEncoder, outgoing);
  expect(lines(crewshipMessageEncoder, outgoing)).toEqual(unnamed);
});

test("keys of a payload never replace those of the frame, and stay in the payload", () => {
  const payload = { type: "image", id: "f1", data: "x", name: "chart.png" };
  expect(crewshipEncoder.item(own({ body: { type: "artifact", payload } }, 4))).toMatchObject({
    type: "artifact",
    id: "evt_004",
    name: "chart.png",
    payload,
  });
});

test("a run's end that came as a notification goes out under the name that readers wait for", () => {
  const outgoing = own({ body: { event: "run.succeeded", data: { id: "run_abc123", output: "done" } } }, 5);
  expect(crewshipEncoder.frame(outgoing)).toMatchObject({ event: "run.completed", data: { run_id: "run_abc123", result: "done" } });
  expect(crewshipEncoder.ends(outgoing.event)).toBe(true);
});

describe("an event in the words of the API reference has the seed's keys, too", () => {
  const timestamp = "2024-01-15T10:30:01Z";
  const told = (body: JsonObject) => {
    const object = crewshipEncoder.item(own({ body: { ...body, timestamp } }, 1));
    expect(object?.data).toEqual(object?.payload);
    return object?.payload;
  };

  test.each([
    [
      { type: "run.started", data: { entrypoint: "crew" } },
      { entrypoint: "crew", started_at: "2024-01-15T10:30:01.000Z" },
    ],
    [{ type: "run.canceled", data: { status: "canceled" } }, { canceled_at: "2024-01-15T10:30:01.000Z" }],
    [{ type: "run.completed", data: { status: "succeeded", output: { a: 1 } } }, { result: { a: 1 } }],
    [
      { event: "run.failed", data: { id: "run_abc123", error_message: "boom" } },
      { run_id: "run_abc123", error: "boom" },
    ],
    [{ type: "agent.started", data: { agent_name: "Writer", task_description: "Write" } }, { agent: "Writer" }],
    [{ type: "agent.error", data: { agent: "Writer", message: "lost" } }, { error: "lost" }],
    [
      { type: "tool.called", data: { tool_name: "web", arguments: { q: 1 } } },
      { tool: "web", input: { q: 1 } },
    ],
    [
      { type: "tool.result", data: { tool_name: "web", result: "15" } },
      { tool: "web", output: "15" },
    ],
    [
      { type: "tool.error", data: { tool_name: "web", message: "lost" } },
      { tool: "web", error: "lost" },
    ],
    [
      { type: "agent.completed", data: { agent_name: "Writer", result: "Done" } },
      { agent: "Writer", output: "Done" },
    ],
    [
      { type: "run.failed", data: { error_message: "boom", traceback: "at x" } },
      { error: "boom", stack_trace: "at x" },
    ],
  ])("%j", (body, seedKeys) => {
    expect(told(body as JsonObject)).toMatchObject(seedKeys);
  });

  test("with every digit", () => {
    const exact = '{"id":12345678901234567890,"price":1.10}';
    for (const [type, key, seedKey] of [
      ["run.completed", "output", "result"],
      ["tool.called", "arguments", "input"],
      ["tool.result", "result", "output"],
      ["run.succeeded", "output", "result"],
    ] as const) {
      const text = `{"type":"${type}","data":{"${key}":${exact}}}`;
      const outgoing = { ...own({ body: JSON.parse(text) }, 1), raw: parseExact(text) };
      expect(stringifyExact(crewshipEncoder.item(outgoing)?.payload)).toContain(`"${seedKey}":${exact}`);
    }
  });

  test("and nothing is made up that it does not tell", () => {
    expect(told({ type: "agent.completed", data: { agent: "Writer", task: "Write" } })).toEqual({ agent: "Writer", task: "Write" });
    expect(told({ type: "log", data: { message: "Found 15" } })).toEqual({ message: "Found 15", timestamp });
    expect(told({ type: "run.completed", data: { status: "succeeded" } })).toEqual({ run_id: "run_abc123", status: "succeeded" });
  });
});

test("a filter finds an event by the sender's word, by ours and by the word it goes out under", () => {
  expect(crewshipEncoder.names(foreign({ type: "delegation.started", edge: { to: "b" } }))).toEqual([
    "X",
    "delegation.started",
    "agent.started",
  ]);
  expect(crewshipEncoder.names(foreign({ type: "heartbeat.received" }))).toEqual(["X", "heartbeat.received"]);
});

test("a word of ours is written as Crewship writes an event", () => {
  const said = { type: "reset", about: { reason: "gone" } };
  expect(crewshipEncoder.notice?.(said, 0)).toEqual({
    ...{ type: "reset", reason: "gone", timestamp: "1970-01-01T00:00:00.000Z", payload: { reason: "gone" }, data: { reason: "gone" } },
  });
});

test("only the end of the run closes the stream", () => {
  const ending = (["run.completed", "run.failed", "run.cancelled", "run.expired"] as const).map((type) => foreign({ type }).event);
  expect(ending.every(crewshipEncoder.ends)).toBe(true);
  expect(crewshipEncoder.ends(foreign({ type: "error.occurred" }).event)).toBe(false);
  expect(crewshipEncoder.ends(foreign({ type: "stream.ended" }).event)).toBe(false);
});

test("a line of the log has its time inside the payload, as the seed's table of log events has it", () => {
  const frame = crewshipEncoder.frame(foreign({ type: "run.paused", occurredAtMs: 0 }));
  expect(frame?.data).toMatchObject({ payload: { level: "info", message: "Run paused", timestamp: "1970-01-01T00:00:00.000Z" } });
  const own: Outgoing = {
    event: foreign({ type: "log.written", occurredAtMs: 0 }).event,
    raw: { level: "info", message: "Found 15 relevant results" },
    runId: "run_abc123",
  };
  const event = { ...own.event, source: { dialect: "crewship" as const, type: "log" } };
  expect(crewshipEncoder.item({ ...own, event })).toMatchObject({
    payload: { level: "info", message: "Found 15 relevant results", timestamp: "1970-01-01T00:00:00.000Z" },
  });
});

describe("resuming", () => {
  test("ids are padded to three digits and grow beyond them", () => {
    expect([1, 42, 999, 1000, 123_456].map((seq) => crewshipEncoder.frame(foreign({ type: "run.paused" }, seq))?.id)).toEqual([
      "evt_001",
      "evt_042",
      "evt_999",
      "evt_1000",
      "evt_123456",
    ]);
  });

  test.each([
    ["evt_001", 1],
    ["evt_1000", 1000],
    ["42", 42],
    [" evt_007 ", 7],
    ["0", 0],
  ])("%j resumes after %i", (text, afterSeq) => expect(parseCrewshipResume(text)).toEqual({ afterSeq }));

  test.each(["", "evt_", "evt_-1", "evt_1.5", "run_1", "evt_1x", "9".repeat(16), "١٢"])("%j is none of our ids", (text) =>
    expect(parseCrewshipResume(text)).toBeNull(),
  );
});
