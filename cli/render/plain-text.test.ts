import { expect, test } from "vitest";
import { choosePalette, colourPalette, plainPalette } from "./palette";
import { cut, plainJson, plainText } from "./plain-text";
import { elapsed, timeOfDay } from "./time";

test.each([
  ["colours and cursor moves", "a\u001b[31;1mb\u001b[0m\u001b[2Kc\u001b[?25l", "abc"],
  ["titles and links (OSC), closed or not", "a\u001b]8;;https://evil.example\u001b\\b\u001b]0;t\u0007c\u001b]2;rest", "abc"],
  ["device control strings", "a\u001bP1;2|payload\u001b\\b", "ab"],
  ["8-bit introducers", "a\u009b31mb\u009d0;title\u009cc", "abc"],
  ["a lone escape", "a\u001b", "a"],
  ["bells, backspaces, nulls", "a\u0007\b\u0000b\u007f", "ab"],
  ["bidi overrides and isolates", "a\u202ee\u2066f\u2069\u200f", "aef"],
  ["invisible and tag characters", "a\u200b\u2060\ufeffb\u{e0041}\u{e007f}", "ab"],
  ["line breaks of every kind", "a\r\nb\u2028c\u0085d\te", "a b c d e"],
  ["half a character", "a\ud800b", "a\ufffdb"],
])("%s are taken out of text", (_what, hostile, plain) => {
  expect(plainText(hostile)).toBe(plain);
});

test("ordinary text in any script, emoji sequences included, is left alone", () => {
  const text = "Zürich 東京 שלום می‌خواهم 👩‍🚀 ✅";
  expect(plainText(text)).toBe(text);
});

test("a string of unclosed sequences is cleaned in linear time", () => {
  const hostile = "\u001b]".repeat(2_000_000);
  expect(plainText(hostile)).toBe("");
});

test("long text is cut between characters, never inside one", () => {
  expect(cut("👍👍👍", 2)).toBe("👍…");
  expect(cut("👍👍", 2)).toBe("👍👍");
  expect(cut("abc", 3)).toBe("abc");
  expect(cut("abcd", 3)).toBe("ab…");
});

test("JSON keeps its value when its unsafe characters are escaped", () => {
  const value = { text: "a\u009b31m\u202eb\u2028c\u001b[0m" };
  const safe = plainJson(JSON.stringify(value));
  expect(safe).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e\u2028]/);
  expect(JSON.parse(safe)).toEqual(value);
});

test("colours only on a terminal, and never with NO_COLOR or a dumb terminal", () => {
  expect(choosePalette(true, {})).toBe(colourPalette);
  expect(choosePalette(true, { NO_COLOR: "" })).toBe(colourPalette);
  expect(choosePalette(true, { NO_COLOR: "1" })).toBe(plainPalette);
  expect(choosePalette(true, { TERM: "dumb" })).toBe(plainPalette);
  expect(choosePalette(false, {})).toBe(plainPalette);
});

test.each([
  [0, "0ms"],
  [840, "840ms"],
  [45_200, "45.2s"],
  [59_940, "59.9s"],
  [59_960, "1m 00s"],
  [185_000, "3m 05s"],
  [3_725_000, "1h 02m"],
])("%d ms reads %s", (ms, words) => {
  expect(elapsed(ms)).toBe(words);
});

test("times are of the day, in UTC where asked", () => {
  expect(timeOfDay(Date.UTC(2024, 0, 15, 10, 30, 1), true)).toBe("10:30:01");
  expect(timeOfDay(new Date(2024, 0, 15, 7, 5, 9).getTime(), false)).toBe("07:05:09");
});
