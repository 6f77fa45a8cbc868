import { expect, test } from "vitest";
import { instantOfText } from "./instant-of-text";

const noon = Date.UTC(2026, 1, 21, 12, 0, 0);

test.each([
  ["2026-02-21", Date.UTC(2026, 1, 21)],
  ["2026-02-21T12:00", noon],
  ["2026-02-21T12:00:00", noon],
  ["2026-02-21T12:00:00Z", noon],
  ["2026-02-21t12:00:00z", noon],
  ["2026-02-21T12:00:00.123456789Z", noon + 123],
  ["2026-02-21T13:00:00+01:00", noon],
  ["2026-02-21T13:00:00+0100", noon],
  // As Python's str(datetime) writes it.
  ["2026-02-21 12:00:00", noon],
  ["2026-02-21 12:00:00.500000+00:00", noon + 500],
  // As PostgreSQL writes it, and a clock with a decimal comma.
  ["2026-02-21 13:00:00.5+01", noon + 500],
  ["2026-02-21T07:00-05", noon],
  ["2026-02-21T12:00:00,5Z", noon + 500],
])("%s is a time", (text, ms) => {
  expect(instantOfText(text)).toBe(ms);
});

test.each([
  "",
  "2026",
  "2026-02-30",
  "2026-02-30T00:00:00Z",
  "2026-13-01",
  "2026-02-21T25:00:00Z",
  "2026-02-21 GMT",
  "2026-02-21T12:00:00+1",
  "2026-02-21T12:00,5",
  "21.02.2026",
  "tomorrow",
])("%s is none", (text) => {
  expect(instantOfText(text)).toBeUndefined();
});
