import { describe, expect, it } from "vitest";
import { csvCell } from "./csv-cell";

describe("a cell of CSV", () => {
  it.each([
    ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\u3000=1", "\ufeff=1", "\u200b=1", "\u0000=1"],
    ...["＝1+1", "＋1", "－1", "＠SUM(A1)", "\n＝1", "\t"],
  ])("is never a formula that a sender wrote: %j", (text) => {
    expect(csvCell(text).replace(/^"/, "")).toBe(`'${text}${/[\r\n]/.test(text) ? '"' : ""}`);
  });

  it.each(["run=1", "a@b", "#1", "'=1", "日本", "", "(all)", "１"])("stays as it is where it is none: %j", (text) => {
    expect(csvCell(text)).toBe(text);
  });

  it("is quoted where it holds what divides cells and lines, and numbers and nothing are what they are", () => {
    expect(csvCell('a,"b"\r\n')).toBe('"a,""b""\r\n"');
    expect([csvCell(-1), csvCell(null), csvCell(undefined)]).toEqual(["-1", "", ""]);
  });
});
