import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../core/json";
import * as shared from "./index";

const { clip, defined, dollarsOf, instantOf, parseJson, preview, restOf, runIdOf } = shared;

describe("readers see only what the object itself holds", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("%s is not read from the prototype", (key) => {
    for (const read of [
      shared.readString,
      shared.readId,
      shared.readCount,
      shared.readNumber,
      shared.readObject,
      shared.readList,
      shared.own,
    ])
      expect(read({}, key)).toBeUndefined();
  });

  test("an own key named __proto__ is read and kept as data", () => {
    const body = JSON.parse('{"__proto__":{"a":"x"},"b":1}') as JsonObject;
    expect(shared.readString(shared.readObject(body, "__proto__"), "a")).toBe("x");
    const rest = restOf(body, ["b"]);
    expect(Object.keys(rest ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(rest)).toBe(Object.prototype);
    const kept = shared.defined({ ...body });
    expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
    expect(Object.keys(kept).sort()).toEqual(["__proto__", "b"]);
  });

  test("a key whose value cannot be read gives way to the next key", () => {
    expect(shared.readCount({ tokens_used: -1, total_tokens: "42" }, "tokens_used", "total_tokens")).toBe(42);
    expect(shared.readString({ a: "", b: null, c: 5, d: "yes" }, "a", "b", "c", "d")).toBe("yes");
  });
});

describe("a terminal's escape sequences are not read as words", () => {
  test.each([
    ["a colour", "\u001b[31mred\u001b[0m alert", "red alert"],
    ["many figures", "\u001b[1;38;2;255;0;0mred\u001b[m", "red"],
    ["a cleared line and a moved cursor", "50 %\u001b[2K\u001b[1G100 %", "50 %100 %"],
    ["a link", "\u001b]8;;https://x.example\u001b\\docs\u001b]8;;\u001b\\", "docs"],
    ["a title", "\u001b]0;title\u0007ready", "ready"],
    ["the one character", "\u009b31mred", "red"],
    ["a character set", "\u001b(Bplain", "plain"],
    ["one that is cut off", "plain \u001b[31", "plain [31"],
    ["brackets alone", "[31m stays", "[31m stays"],
  ])("%s", (_, text, line) => {
    expect(clip(text)).toBe(line);
  });

  test("nothing but colours is no summary", () => {
    expect(clip("\u001b[31m\u001b[0m")).toBeUndefined();
  });

  test("a long text without an end is read in a straight line", () => {
    const line = clip(`\u001b]${"a".repeat(200_000)}`, 50);
    expect(line).toHaveLength(50);
  });
});

describe("counts", () => {
  test.each<[Json, number | undefined]>([
    [0, 0],
    [-0, 0],
    [12, 12],
    ["12", 12],
    [" 7 ", 7],
    [9_007_199_254_740_991, 9_007_199_254_740_991],
    [9_007_199_254_740_992, undefined],
    ["9007199254740993", undefined],
    [1.5, undefined],
    [-1, undefined],
    ["-1", undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    ["1e3", undefined],
    ["", undefined],
    [true, undefined],
    [[3], undefined],
  ])("%j reads as %j", (value, count) => {
    expect(shared.readCount({ value }, "value")).toBe(count);
    expect(Object.is(shared.readCount({ value }, "value"), -0)).toBe(false);
  });
});

describe("numbers and booleans", () => {
  test.each<[Json, number | undefined]>([
    [-1.5, -1.5],
    ["85.0", 85],
    ["1e400", undefined],
    ["0x10", undefined],
    ["ten", undefined],
    [Number.POSITIVE_INFINITY, undefined],
  ])("number %j reads as %j", (value, number) => expect(shared.readNumber({ value }, "value")).toBe(number));

  test.each<[Json, boolean | undefined]>([
    [false, false],
    ["True", true],
    ["false", false],
    [1, undefined],
    ["yes", undefined],
  ])("boolean %j reads as %j", (value, boolean) => expect(shared.readBoolean({ value }, "value")).toBe(boolean));
});

describe("dollars become nano-dollars exactly", () => {
  test.each<[Json, number | undefined]>([
    [0.0814, 81_400_000],
    ["0.0814", 81_400_000],
    [0.018, 18_000_000],
    [0.0105, 10_500_000],
    [0.1 + 0.2, 300_000_000],
    [1e-7, 100],
    [1e-9, 1],
    [5e-10, 1],
    [4e-10, 0],
    [1e-300, 0],
    [".5", 500_000_000],
    ["1.", 1_000_000_000],
    ["1e-3", 1_000_000],
    ["0e9999", 0],
    [9_007_199, 9_007_199_000_000_000],
    [9_007_200, Number.MAX_SAFE_INTEGER],
    ["1234567890.5", Number.MAX_SAFE_INTEGER],
    ["1e9999", Number.MAX_SAFE_INTEGER],
    [-0.01, undefined],
    ["-0.01", undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
    ["$1", undefined],
    [".", undefined],
    ["", undefined],
    ["9".repeat(100_000), undefined],
    [false, undefined],
  ])("%j reads as %j", (value, nanos) => expect(shared.readNanos({ value }, "value")).toBe(nanos));

  test("what dollarsOf writes, readNanos reads back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 900_000_000_000_000 }),
        (nanos) => shared.readNanos({ cost: dollarsOf(nanos) }, "cost") === nanos,
      ),
    );
  });
});

describe("moments", () => {
  test.each<[Json, string | undefined]>([
    ["2024-10-27T10:00:00Z", "2024-10-27T10:00:00.000Z"],
    ["2024-10-27T10:00:00", "2024-10-27T10:00:00.000Z"],
    ["2024-10-27 10:00:00.5", "2024-10-27T10:00:00.500Z"],
    ["2024-10-27T10:00:00.1234567891Z", "2024-10-27T10:00:00.123Z"],
    ["2024-10-27T10:00:00.999999999Z", "2024-10-27T10:00:00.999Z"],
    ["2024-10-27t12:00:00+02:00", "2024-10-27T10:00:00.000Z"],
    ["2024-10-27T04:30:00-05:30", "2024-10-27T10:00:00.000Z"],
    // As Python's %z, PostgreSQL's text, Java's times without seconds, and clocks with a decimal comma write it.
    ["2024-10-27T12:00:00+0200", "2024-10-27T10:00:00.000Z"],
    ["2024-10-27 04:30:00.25-0530", "2024-10-27T10:00:00.250Z"],
    ["2024-10-27 10:00:00.123+00", "2024-10-27T10:00:00.123Z"],
    ["2024-10-27T10:00Z", "2024-10-27T10:00:00.000Z"],
    ["2024-10-27T10:00+02:00", "2024-10-27T08:00:00.000Z"],
    ["2024-10-27 10:00:00,5", "2024-10-27T10:00:00.500Z"],
    ["2024-10-27T10:00.5Z", undefined],
    ["2024-10-27T10Z", undefined],
    ["2024-10-27T10:00:00+2", undefined],
    ["2024-10-27T10:00:00+02:", undefined],
    ["2024-10-27T10:00:00+0260", undefined],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000Z"],
    [1_730_023_200, "2024-10-27T10:00:00.000Z"],
    [1_730_023_200.123, "2024-10-27T10:00:00.123Z"],
    [1_730_023_200_123, "2024-10-27T10:00:00.123Z"],
    [1_730_023_200_123_456, "2024-10-27T10:00:00.123Z"],
    [1_730_023_200_123_456_800, "2024-10-27T10:00:00.123Z"],
    ["1730023200", "2024-10-27T10:00:00.000Z"],
    ["1730023200.123", "2024-10-27T10:00:00.123Z"],
    ["1730023200123", "2024-10-27T10:00:00.123Z"],
    ["1730023200123456", "2024-10-27T10:00:00.123Z"],
    ["1730023200123456789", "2024-10-27T10:00:00.123Z"],
    ["20241027", undefined],
    ["20241027100000", undefined],
    ["2026-02-30T00:00:00Z", undefined],
    ["2026-02-30", undefined],
    ["2025-02-29T00:00:00Z", undefined],
    ["2026-13-01T00:00:00Z", undefined],
    ["2026-01-01T24:00:00Z", undefined],
    ["2026-01-01T10:60:00Z", undefined],
    ["2026-01-01T10:00:60Z", undefined],
    ["2026-01-01T10:00:00+24:00", undefined],
    ["0001-01-01T00:00:00Z", undefined],
    ["1969-12-31T23:59:59Z", undefined],
    ["yesterday", undefined],
    ["", undefined],
    [1e300, undefined],
    [-1, undefined],
    [Number.NaN, undefined],
    [{}, undefined],
  ])("%j reads as %j", (value, iso) => {
    const ms = instantOf(value);
    expect(ms === undefined ? undefined : shared.isoOf(ms)).toBe(iso);
  });
});

describe("one line for people", () => {
  test("line breaks and control characters become one space, and a cut is marked within the limit", () => {
    expect(clip("  a\r\n\tb\u0000\u2028c ")).toBe("a b c");
    expect(clip("x".repeat(200))).toBe("x".repeat(200));
    expect(clip("x".repeat(201))).toBe(`${"x".repeat(199)}…`);
    expect(clip(" \n ")).toBeUndefined();
    expect(clip(undefined)).toBeUndefined();
  });

  test("a cut never halves a surrogate pair", () => {
    expect(clip("😀".repeat(10), 4)).toBe("😀…");
  });

  test("the preview of a value nested a hundred thousand deep is short", () => {
    let deep: Json = "end";
    for (let level = 0; level < 100_000; level++) deep = { down: deep };
    expect(preview(deep)).toBe("down: {down: {down: {down: {…}}}}");
    expect(preview({ q: "LLM caching", n: 3 })).toBe('q: "LLM caching", n: 3');
    expect(preview("plain")).toBe("plain");
  });
});

describe("run ids", () => {
  test.each<Json>(["wf-1", "../../x", "<script>", "😀", "مرحبا", "x".repeat(512), 42])("%j is a run id", (value) =>
    expect(runIdOf(value)).toBe(String(value)),
  );

  test.each<Json>(["", "   ", "x".repeat(513), "a\u0000b", "a\nb", "a\u0085b", "\ud800", 1.5, 1e20, true, [], {}])(
    "%j is refused",
    (value) => expect(runIdOf(value, "workflow_id")).toMatchObject({ code: "invalid_run_id", path: "workflow_id" }),
  );

  test("a body that names no run says undefined, not a refusal", () => {
    expect(shared.readRunId({ workflow_id: null }, "workflow_id", "task_id")).toBeUndefined();
    expect(shared.readRunId({ task_id: 7 }, "workflow_id", "task_id")).toBe("7");
  });
});

test("JSON written as text is read only when it is an object or a list of bounded depth", () => {
  expect(parseJson(' {"a":"}{[","b":[1]}')).toEqual({ a: "}{[", b: [1] });
  expect(parseJson('"text"')).toBeUndefined();
  expect(parseJson("{broken")).toBeUndefined();
  expect(parseJson("[".repeat(65) + "]".repeat(65))).toBeUndefined();
  expect(parseJson("[".repeat(64) + "]".repeat(64))).toBeDefined();
});

test("defined drops what was not filled and keeps false, zero and empty text", () => {
  expect(Object.keys(defined({ a: undefined, b: 0, c: false, d: "" }))).toEqual(["b", "c", "d"]);
});

test("no reader throws, whatever the JSON holds", () => {
  const holder = fc.oneof(fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<Json>, fc.constant(undefined));
  fc.assert(
    fc.property(holder, fc.array(fc.oneof(fc.string(), fc.constant("__proto__"), fc.constant("constructor"))), (value, keys) => {
      const readers = Object.entries(shared).filter(([name]) => name.startsWith("read"));
      for (const [, read] of readers) (read as (holder: Json | undefined, ...keys: string[]) => void)(value, ...keys);
      runIdOf(value);
      preview(value);
      instantOf(value);
    }),
  );
});
