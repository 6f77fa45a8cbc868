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

describe("a frame of an event stream", () => {
  test("keeps its text, its name and its id", () => {
    expect(incomingOf({ data: ' {"a":1} ', event: "tool.called", id: "evt_002" }, parse)).toEqual({
      text: '{"a":1}',
      value: { a: 1 },
      name: "tool.called",
      id: "evt_002",
    });
  });

  test.each([
    [undefined, "[DONE]"],
    ["message", "[DONE]"],
    ["done", "done"],
  ])("under the name %s the bare end mark is stored as an event named %s", (event, name) => {
    expect(incomingOf({ data: "[DONE]", event, id: "9-0" }, parse)).toEqual({ text: "{}", value: {}, name, id: "9-0" });
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
