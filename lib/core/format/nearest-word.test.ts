import { expect, it } from "vitest";
import { nearestWord } from "./nearest-word";

const words = ["run", "arguments", "status", "expiresInSeconds", "q", "id"];

it("finds what was meant behind a slip, and nothing behind another word", () => {
  for (const [written, meant] of [
    ["argumnets", "arguments"],
    ["argument", "arguments"],
    ["statsu", "status"],
    ["Status", "status"],
    ["expires_in_seconds", "expiresInSeconds"],
    ["rnu", "run"],
    ["title", undefined],
    ["x", undefined],
    ["", undefined],
    ["a".repeat(100_000), undefined],
  ] as const)
    expect([written.slice(0, 30), nearestWord(written, words)]).toEqual([written.slice(0, 30), meant]);
  expect(nearestWord("run", [])).toBeUndefined();
});
