import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { approvalQueries } from "../queries/approvals";
import { renewApprovals } from "./renew-approvals";

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
    queryKey: approvalQueries.approvals,
    queryFn: () => {
      reads += 1;
      return reads;
    },
  });
  const stop = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(0);
  expect(reads).toBe(1);
  const hear = () => {
    for (let who = 0; who < 3; who += 1) renewApprovals(client);
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

it("news that comes while something is read for the first time is read after it: what is under way may be from before", async () => {
  const client = new QueryClient();
  let waiting = 0;
  const observer = new QueryObserver(client, {
    queryKey: approvalQueries.approvals,
    queryFn: async () => {
      const seen = waiting;
      await new Promise((resolve) => setTimeout(resolve, 500));
      return seen;
    },
  });
  const stop = observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(100);
  waiting = 1;
  renewApprovals(client);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(observer.getCurrentResult().data).toBe(1);
  stop();
  client.clear();
});
