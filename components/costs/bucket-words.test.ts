import { expect, it } from "vitest";
import { spanWord } from "./bucket-words";

it("whole days are named with their year, the last one with them; what is cut elsewhere by its hours", () => {
  const span = (from: string, to: string) => spanWord(Date.parse(from), Date.parse(to));
  expect(span("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z")).toBe("1 Feb 2026 to 28 Feb 2026 UTC");
  expect(span("2025-12-31T00:00:00Z", "2026-01-01T00:00:00Z")).toBe("31 Dec 2025 UTC");
  expect(span("2026-02-01T03:00:00Z", "2026-02-01T04:00:00Z")).toBe("1 Feb, 03:00 to 1 Feb, 04:00 UTC");
});
