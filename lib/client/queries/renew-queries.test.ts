import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { renewQueries } from "./renew-queries";

const queryKey = ["approvals"];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("news that many show is read once for all of them, and at most once a second", async () => {
  const client = new QueryClient();
  let reads = 0;
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: () => {
      reads += 1;
      return reads;
    },
  });
  const stop = observer.subscribe(() => undefined);
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
  stop();
  client.clear();
});

it("news that comes while something is read is read after it: what is under way may be from before", async () => {
  const client = new QueryClient();
  let waiting = 0;
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: async () => {
      const seen = waiting;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return seen;
    },
  });
  const stop = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  waiting = 1;
  renewQueries(client, queryKey);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(observer.getCurrentResult().data).toBe(1);
  stop();
  client.clear();
});

it("a reading that takes longer than the next news are away is not broken off, and ends with the last of them", async () => {
  const client = new QueryClient();
  let told = 0;
  const finished: number[] = [];
  const observer = new QueryObserver(client, {
    queryKey,
    queryFn: async () => {
      const seen = told;
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      finished.push(seen);
      return seen;
    },
  });
  const stop = observer.subscribe(() => undefined);
  for (let n = 1; n <= 10; n += 1) {
    told = n;
    renewQueries(client, queryKey);
    await vi.advanceTimersByTimeAsync(1_000);
  }
  expect(finished.length).toBe(3);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(observer.getCurrentResult().data).toBe(10);
  const reads = finished.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(finished.length).toBe(reads);
  stop();
  client.clear();
});
