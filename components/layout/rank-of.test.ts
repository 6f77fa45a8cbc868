import { describe, expect, it } from "vitest";
import { everyRun, rankOf } from "./rank-of";

describe("what the palette shows for what was typed", () => {
  it.each([
    ["Copy link to this view", "link"],
    ["Copy link to this view", "cl"],
    ["Settings: Audit log", "audt"],
    ["Alerts: rules", "al ru"],
    ["Costs", "cst"],
  ])("%s is meant by %j", (name, typed) => {
    expect(rankOf(name, typed)).toBeGreaterThan(rankOf(everyRun, typed));
  });

  it("nothing that only has its letters here and there: Enter would do what nobody meant", () => {
    expect(rankOf("Switch between compact and comfortable rows", "heat")).toBe(0);
    expect(rankOf("Keyboard shortcuts", "report")).toBe(0);
  });

  it("always the list of all runs that have it", () => {
    expect(rankOf(everyRun, "heat")).toBeGreaterThan(0);
  });
});
