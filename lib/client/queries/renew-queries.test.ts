import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renewQueries } from "./renew-queries";

const queryKey = ["approvals"];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  client.clear();
  vi.useRealTimers();
});

const client = new QueryClient();

/** Somebody who shows what `read` gives. */
function show<T>(queryFn: () => T | Promise<T>): { readonly shown: () => T | undefined; readonly leave: () => void } {
  const observer = new QueryObserver<T>(client, { queryKey, queryFn });
  const leave = observer.subscribe(() => undefined);
  return { shown: () => observer.getCurrentResult().data, leave };
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("news that many show is read once for all of them, and at most once a second", async () => {
  let reads = 0;
  const { leave } = show(() => {
    reads += 1;
    return reads;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(reads).toBe(1);
  const hear = () => {
    for (let who = 0; who < 3; who += 1) renewQueries(client, queryKey);
  };
  hear();
  await vi.advanceTimersByTimeAsync(200);
  expect(reads).toBe(2);
  hear();
  await vi.advanceTimersByTimeAsync(800);
  expect(reads).toBe(2);
  await vi.advanceTimersByTimeAsync(300);
  expect(reads).toBe(3);
  leave();
});

it("news that comes while something is read is read after it: what is under way may be from before", async () => {
  let waiting = 0;
  const { shown, leave } = show(async () => {
    const seen = waiting;
    await after(500);
    return seen;
  });
  await vi.advanceTimersByTimeAsync(100);
  waiting = 1;
  renewQueries(client, queryKey);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(shown()).toBe(1);
  leave();
});

it("a reading that takes longer than the next news are away is not broken off, and ends with the last of them", async () => {
  let told = 0;
  const finished: number[] = [];
  const { shown, leave } = show(async () => {
    const seen = told;
    await after(2_500);
    finished.push(seen);
    return seen;
  });
  for (let n = 1; n <= 10; n += 1) {
    told = n;
    renewQueries(client, queryKey);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(finished.length).toBe(3);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(shown()).toBe(10);
  const reads = finished.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(finished.length).toBe(reads);
  leave();
});
