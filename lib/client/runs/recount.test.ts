import { expect, test } from "vitest";
import type { RunSummary } from "@/lib/core/api/run";
import type { RunStatus } from "@/lib/core/run/status";
import { recount } from "./recount";

const frame = (id: string, status: RunStatus) => ({ run: { id, status } as RunSummary });

test("a run that changes its status leaves one count and enters another, once", () => {
  const running = { ids: ["a", "b"], more: false };
  const frames = [frame("a", "waiting"), frame("c", "running"), frame("c", "running")];
  expect(recount(running, "running", frames)).toEqual({ ids: ["b", "c"], more: false });
  expect(recount({ ids: [], more: true }, "waiting", frames)).toEqual({ ids: ["a"], more: true });
});

test("news that change no count keep the reference, so that nothing is drawn again", () => {
  const running = { ids: ["a"], more: false };
  expect(recount(running, "running", [frame("a", "running"), frame("z", "failed")])).toBe(running);
});
