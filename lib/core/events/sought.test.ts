import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "./logged";
import { aroundIn, findIn, mostSoughtChars, type Sought, soughtWords } from "./sought";

const event: LoggedEvent = {
  ...{ seq: 1, receivedAtMs: 0, type: "tool.returned", agent: "data-analyst", name: "csv_loader", summary: "15,000 rows" },
  source: { dialect: "shannon", type: "TOOL_OBSERVATION" },
};
const raw = '{"type":"TOOL_OBSERVATION","payload":{"order":"A-4711","path":"C:\\\\data","city":"M\\u00fcnchen","note":"first\\nsecond"}}';
const found = (typed: string) => findIn(soughtWords(typed) as Sought, event, raw);

describe("words that are looked for in an event", () => {
  it("are found in any case in its type, its sender's type, its agent, its tool and its summary", () => {
    for (const typed of ["Tool.Returned", "tool_observation", "DATA-analyst", "csv_", "15,000 ROWS"])
      expect(found(typed), typed).toEqual({ around: null });
  });

  it("are found in the sender's JSON as it was sent and as it reads, with what stands around them", () => {
    expect(found('"order":"a-4711"')?.around).toContain('"order":"A-4711","path"');
    expect(found("münchen")?.around).toContain('"city":"München"');
    expect(found("m\\u00fcnchen")?.around).toContain("M\\u00fcnchen");
    expect(found("c:\\data")?.around).toContain("C:\\data");
  });

  it("have any white space between them, and are no pattern", () => {
    expect(found("  first   second ")?.around).toContain("first second");
    for (const typed of ["A.4711", "15.000", "csv*", "(", "[", "\\", "a|b"]) expect(found(typed) === null, typed).toBe(typed !== "\\");
  });

  it("are nothing where nothing was typed, and end at a bound", () => {
    expect([soughtWords(""), soughtWords(" \n")]).toEqual([null, null]);
    expect(soughtWords("x".repeat(1_000))?.source).toBe("x".repeat(mostSoughtChars));
  });
});

it("what stands around words is one short line that says where it was cut", () => {
  const around = aroundIn(`${"a".repeat(100)}\n\n needle ${"b".repeat(500)}`, soughtWords("needle") as Sought) as string;
  expect(around).toMatch(/^…a+ needle b+…$/);
  expect(around.length).toBeLessThan(160);
  expect(aroundIn("needle", soughtWords("needle") as Sought)).toBe("needle");
});
