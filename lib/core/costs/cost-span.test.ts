import { expect, it } from "vitest";
import { namedSpan } from "./cost-span";

const at = (text: string) => Date.parse(text);
const spanAt = (range: Parameters<typeof namedSpan>[0], now: string) => {
  const { fromMs, toMs, bucket } = namedSpan(range, at(now));
  return [new Date(fromMs).toISOString().slice(0, 16), new Date(toMs).toISOString().slice(0, 16), bucket];
};

it("days and months of the calendar begin at midnight UTC and end with the minute that goes on", () => {
  expect(spanAt("today", "2026-03-05T13:20:30Z")).toEqual(["2026-03-05T00:00", "2026-03-05T13:21", "hour"]);
  expect(spanAt("today", "2026-03-05T00:00:00Z")).toEqual(["2026-03-05T00:00", "2026-03-05T00:01", "hour"]);
  expect(spanAt("month", "2026-03-31T23:59:59Z")).toEqual(["2026-03-01T00:00", "2026-04-01T00:00", "day"]);
  expect(spanAt("month", "2026-03-01T05:00:00Z")).toEqual(["2026-03-01T00:00", "2026-03-01T05:01", "hour"]);
});

it("a length reaches back whole buckets, the last of which still grows", () => {
  const now = "2026-03-05T13:20:30Z";
  expect((["1h", "6h", "24h", "7d", "30d", "90d"] as const).map((length) => spanAt(length, now))).toEqual([
    ["2026-03-05T12:21", "2026-03-05T13:21", "minute"],
    ["2026-03-05T07:21", "2026-03-05T13:21", "minute"],
    ["2026-03-04T14:00", "2026-03-05T13:21", "hour"],
    ["2026-02-26T14:00", "2026-03-05T13:21", "hour"],
    ["2026-02-04T00:00", "2026-03-05T13:21", "day"],
    ["2025-12-06T00:00", "2026-03-05T13:21", "day"],
  ]);
});

it("the last month is whole, also over the new year and in a leap year", () => {
  expect(spanAt("last-month", "2026-01-31T10:00:00Z")).toEqual(["2025-12-01T00:00", "2026-01-01T00:00", "day"]);
  expect(spanAt("last-month", "2028-03-01T00:00:00Z")).toEqual(["2028-02-01T00:00", "2028-03-01T00:00", "day"]);
});
