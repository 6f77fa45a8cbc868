import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Approval } from "@/lib/core/api/approval";
import type { RunControl } from "@/lib/core/api/control";
import { startTestServer, type TestServer } from "@/test/server";

// G12: a deploy loses nothing.
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ webhookJobs: false });
});
afterAll(() => server.stop());

it("long polls are answered with how it stands when the server ends, be they just coming in", async () => {
  await server.send("/events", { workflow_id: "wf-polled", type: "WORKFLOW_STARTED" });
  const asked = await server.send("/api/approvals", { run: "wf-polled", kind: "tool", tool: "rm", arguments: {} });
  const { id } = (await asked.json()) as Approval;
  const { decisions, controls } = server.services;
  const watches = [vi.spyOn(decisions, "watch"), vi.spyOn(controls, "watch")];
  const polls = [server.fetch(`/api/approvals/${id}?wait=50`), server.fetch("/api/runs/wf-polled/control?wait=50")];
  await expect.poll(() => watches.map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  const closed = server.door.close();
  const [approval, control] = (await Promise.all(polls.map(async (poll) => (await poll).json()))) as [Approval, RunControl];
  expect([approval.status, control.latest]).toEqual(["pending", null]);
  await closed;
  // It came before the end, and waits behind it.
  await decisions.watch("any", id).settled(50_000);
});
