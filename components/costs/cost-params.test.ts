import { expect, it } from "vitest";
import { costWindow } from "./cost-params";

it("an address asks for what the API answers, else the named range is shown", () => {
  const fixed = (from: string, to: string) => costWindow({ range: "7d", from: new Date(from), to: new Date(to) }).fixed;
  expect(fixed("2026-03-01T10:00:00Z", "2026-03-01T10:01:00Z")).not.toBeNull();
  expect(fixed("2024-01-01T00:00:00Z", "2026-09-01T00:00:00Z")).not.toBeNull();
  for (const [from, to] of [
    ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"],
    ["2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"],
    ["1970-01-02T00:00:00Z", "2026-03-01T00:00:00Z"],
    ["1969-12-01T00:00:00Z", "1970-02-01T00:00:00Z"],
    ["2099-12-01T00:00:00Z", "2100-02-01T00:00:00Z"],
  ] as const)
    expect(fixed(from, to), from).toBeNull();
});
