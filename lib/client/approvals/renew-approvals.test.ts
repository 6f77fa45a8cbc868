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
