import { describe, expect, it } from "vitest";
import { parseExact } from "../exact-json";
import type { Json } from "../json";
import { type Allowed, fits, isLike, whyNotPlain } from "./matches";

const allowed = (more: Partial<Allowed> = {}): Allowed => ({
  arguments: { path: "/tmp/a", mode: "w" },
  rules: {},
  allowExtra: false,
  ...more,
});

describe("what a standing approval lets through", () => {
  it("is the very same arguments, however they were written down", () => {
    expect(fits(allowed(), { mode: "w", path: "/tmp/a" })).toBe(true);
    expect(fits(allowed(), { mode: "w", path: "/tmp/b" })).toBe(false);
    expect(fits(allowed({ arguments: null }), null)).toBe(true);
    expect(fits(allowed({ arguments: [1, 2] }), [2, 1])).toBe(false);
    expect(fits(allowed({ arguments: {} }), null)).toBe(false);
  });

  it("holds no argument that nobody spoke of, unless that was allowed, and lacks none", () => {
    expect(fits(allowed(), { path: "/tmp/a", mode: "w", sudo: true })).toBe(false);
    expect(fits(allowed({ allowExtra: true }), { path: "/tmp/a", mode: "w", sudo: true })).toBe(true);
    expect(fits(allowed({ allowExtra: true }), { path: "/tmp/a" })).toBe(false);
    expect(fits(allowed({ rules: { path: { is: "any" } } }), { mode: "w" })).toBe(false);
    expect(fits(allowed({ rules: { path: { is: "any" } } }), { mode: "w", path: { deep: [1] } })).toBe(true);
    expect(fits(allowed({ arguments: { constructor: 1 } as Json }), {})).toBe(false);
  });

  it("keeps to each rule's own kind", () => {
    const amount = allowed({ arguments: { amount: 5 }, rules: { amount: { is: "between", min: 1, max: 10 } } });
    expect([0, 1, 10, 10.5, "5", null].map((value) => fits(amount, { amount: value }))).toEqual([false, true, true, false, false, false]);
    expect(["5.0", "10.000000000000000001", "9007199254740993"].map((text) => fits(amount, parseExact(`{"amount":${text}}`)))).toEqual([
      true,
      false,
      false,
    ]);
    const exact = allowed({ arguments: parseExact('{"amount":9007199254740993}') });
    expect(["9007199254740993", "9007199254740992"].map((text) => fits(exact, parseExact(`{"amount":${text}}`)))).toEqual([true, false]);
    const path = allowed({ rules: { path: { is: "like", pattern: "/tmp/*" } } });
    expect([7, "/tmp/x", "/tmp/x/y", "/etc"].map((value) => fits(path, { path: value, mode: "w" }))).toEqual([false, true, false, false]);
  });

  it.each([
    ["a hidden character", { path: "/tmp/a\u200b", mode: "w" }],
    ["a bidi control in a name", { path: "/tmp/a", mode: "w", "x\u202ey": 1 }],
    ["a hidden character in a list of lists", { path: "/tmp/a", mode: "w", tags: ["x", [{ y: ["b\u200b"] }]] }],
    ["a text that was cut", { path: "/tmp/a…", mode: "w" }],
    ["a text that was cut with three dots", { path: "/tmp/a... ", mode: "w" }],
    ["a text that says so", { path: "/tmp/a [truncated 40 characters]", mode: "w" }],
    ["a text that says so in capitals", { path: "/tmp/a (...TRUNCATED)", mode: "w" }],
  ])("never holds %s, whatever is allowed", (_, given) => {
    const any = allowed({ rules: { path: { is: "any" }, mode: { is: "any" } }, allowExtra: true });
    expect(whyNotPlain(given)).not.toBeNull();
    expect(fits(any, given)).toBe(false);
  });
});

describe("arguments that are long", () => {
  it("are read to their end, however many items one list or object has", () => {
    const items = Array.from({ length: 200_000 }, (_, n) => n);
    const given = { items, byName: Object.fromEntries(items.map((n) => [`item-${n}`, n])) };
    expect(fits(allowed({ arguments: given }), given)).toBe(true);
    expect(whyNotPlain({ ...given, items: ["rm\u200b -rf", ...items] })).toBe("hidden characters");
  });
});

describe("a text's pattern", () => {
  it.each([
    ["/tmp/*", "/tmp/report.txt", true],
    ["/tmp/*", "/tmp/", true],
    ["/tmp/*", "/tmp/a/b", false],
    ["/tmp/**", "/tmp/a/b", true],
    ["C:\\tmp\\*", "C:\\tmp\\a", true],
    ["C:\\tmp\\*", "C:\\tmp\\a\\b", false],
    ["C:\\tmp\\**", "C:\\tmp\\a\\b", true],
    ["", "", true],
    ["", "a", false],
    ["/tmp/**", "/tmp/../etc/passwd", false],
    ["/tmp/*", "/tmp/..%2f..%2Fetc", false],
    ["/tmp/**", "/tmp/%2e%2E/etc", false],
    ["/tmp/*", "/tmp/..%252fetc", false],
    ["/tmp/*", "/tmp/a%20b", true],
    ["/tmp/**", "/tmp/a\\..\\..\\x", false],
    ["/tmp/*", "/tmp/a\nrm -rf /", false],
    ["*.csv", "report.csv", true],
    ["*.csv", "report.csv.exe", false],
    ["a*b*c", "a__b__c", true],
    ["a*b*c", "a__c__b", false],
    ["a.c", "abc", false],
    ["**a**b", "xaxxb", true],
    ["é*", "étude", true],
  ])("%s and %j: %s", (pattern, text, like) => expect(isLike(pattern, text)).toBe(like));

  it("is of texts of up to 4,000 characters", () => {
    expect([4_000, 4_001].map((length) => isLike("**", "a".repeat(length)))).toEqual([true, false]);
  });

  it("is decided in bounded time, whatever the pattern", () => {
    expect(isLike(`${"*a".repeat(200)}b`, "a".repeat(4_000))).toBe(false);
  });
});
