import { describe, expect, test } from "vitest";
import { dialects } from "../core/dialect";
import type { Json } from "../core/json";
import { adapters, catalogues, encoders, incomingOf } from "./registry";

const parse = (text: string): Json => JSON.parse(text) as Json;

test.each(dialects)("%s is registered under its own name, both ways", (dialect) => {
  expect(adapters[dialect].dialect).toBe(dialect);
  expect(encoders[dialect].dialect).toBe(dialect);
});

test.each(dialects)("%s lists each of its words once", (dialect) => {
  const words = catalogues[dialect].map(({ type }) => type);
  expect(adapters[dialect].catalogue).toEqual(words);
  expect(new Set(words).size).toBe(words.length);
});

test.each([
  ["shannon", { type: "PROGRESS", workflow_id: "r-1" }],
  ["agent-os", { event_type: "step", sdk_run_id: "r-1" }],
  ["powabase", { event: "tool_call", run_id: "r-1" }],
  ["crewship", { type: "tool.called", run_id: "r-1" }],
  ["resonant", { type: "session.started", data: { session_id: "r-1" } }],
] as const)("%s names its run where it says that it does", (dialect, body) => {
  expect(adapters[dialect].address({ body })).toMatchObject({ run: "r-1" });
  const told = adapters[dialect].runField.split(".").reduce<unknown>((inner, key) => Object(inner)[key], body);
  expect(told).toBe("r-1");
});

test("each stream looks as its own system's: the order of a frame's lines, and its beat", () => {
  expect(dialects.map((dialect) => `${dialect}: ${encoders[dialect].lineOrder.join(" ")}, ${encoders[dialect].heartbeat}`)).toEqual([
    "shannon: id event data, ping",
    "agent-os: id event data, keepalive",
    "powabase: data, keepalive",
    "crewship: event data id, heartbeat",
    "resonant: id event data, ping",
  ]);
});

describe("a frame of an event stream", () => {
  test("keeps its text, its name and its id", () => {
    expect(incomingOf({ data: ' {"a":1} ', event: "tool.called", id: "evt_002" }, parse)).toEqual({
      text: '{"a":1}',
      value: { a: 1 },
      name: "tool.called",
      id: "evt_002",
      framed: true,
    });
  });

  test.each([
    [undefined, "[DONE]"],
    ["message", "[DONE]"],
    ["done", "done"],
  ])("under the name %s the bare end mark is stored as an event named %s", (event, name) => {
    expect(incomingOf({ data: "[DONE]", event, id: "9-0" }, parse)).toEqual({ text: "{}", value: {}, name, id: "9-0", framed: true });
  });

  test("the end mark ends the stream and not the run, in every dialect that knows it", () => {
    const { name, value } = incomingOf({ data: "[DONE]" }, parse);
    for (const dialect of ["powabase", "crewship", "resonant"] as const)
      expect(adapters[dialect].decode({ body: value as Record<string, Json>, name })).toEqual({ type: "stream.ended" });
  });

  test("what the parser throws passes through", () => {
    expect(() => incomingOf({ data: "{broken" }, parse)).toThrow(SyntaxError);
  });
});
