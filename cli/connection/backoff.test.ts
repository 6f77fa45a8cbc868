import { expect, test } from "vitest";
import { backoffMs, defaultBackoff, pause, retryAfterMs } from "./backoff";

test("each wait is twice the last up to the longest, and jitter takes at most a fifth of it", () => {
  const waits = [0, 1, 2, 5, 6, 7, 5_000].map((attempt) => [backoffMs(defaultBackoff, attempt, 0), backoffMs(defaultBackoff, attempt, 1)]);
  expect(waits).toEqual([
    [250, 200],
    [500, 400],
    [1_000, 800],
    [8_000, 6_400],
    [10_000, 8_000],
    [10_000, 8_000],
    [10_000, 8_000],
  ]);
});

test.each([
  ["2", 2_000],
  ["0", 0],
  ["0.5", 500],
  ["86400", 60_000],
  ["-1", undefined],
  ["Tue, 24 Nov 2026 08:00:00 GMT", undefined],
  [null, undefined],
])("a server that says Retry-After: %s is given that time, and never more than a minute", (said, waitMs) => {
  expect(retryAfterMs(new Headers(said === null ? {} : { "retry-after": said }))).toBe(waitMs);
});

test("a wait that is ended says so", async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort();
  expect([await waiting, await pause(0)]).toEqual([false, true]);
});
