import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval, ApprovalList } from "@/lib/core/api/approval";
import { approvalStatuses } from "@/lib/core/approvals/words";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const said = (run: string, type: string, seq: number, payload: object = {}) => ({ workflow_id: run, type, seq, payload });
const asked = (run: string, n: number) => said(run, "APPROVAL_REQUESTED", 2 + n, { approval_id: `a${n}`, tool_name: "t", details: { n } });
const many = (run: string, from: number, upTo: number) => Array.from({ length: upTo - from }, (_, index) => asked(run, from + index));
const send = async (events: readonly object[]) =>
  expect(await (await server.send("/api/ingest/shannon", events)).json()).toMatchObject({ accepted: events.length });

async function requestsOf(run: string): Promise<Approval[]> {
  const all: Approval[] = [];
  for (let cursor = ""; ; ) {
    const path = `/api/approvals?run=${run}&status=${approvalStatuses.join()}&limit=500${cursor}`;
    const { approvals, nextCursor } = (await (await server.fetch(path)).json()) as ApprovalList;
    all.push(...approvals);
    if (nextCursor === null) return all;
    cursor = `&cursor=${nextCursor}`;
  }
}

const countsOf = (all: readonly Approval[]) => {
  const counts: Record<string, number> = {};
  for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** The state of a run holds 500 requests at the most: what it holds no longer, people and agents still wait for. */
describe("a run with more requests than its state holds", () => {
  it("has all of those that one body brought, each as it was left", async () => {
    const run = "at-once";
    const decided = Array.from({ length: 40 }, (_, n) =>
      said(run, "APPROVAL_DECISION", 800 + n, { approval_id: `a${n}`, decision: n % 2 === 0 ? "approved" : "denied" }),
    );
    await send([said(run, "WORKFLOW_STARTED", 1), ...many(run, 0, 100), ...decided, ...many(run, 100, 700)]);
    expect(countsOf(await requestsOf(run))).toEqual({ pending: 660, approved: 20, denied: 20 });
  });

  it("has them decided by its own system also afterwards", async () => {
    const run = "afterwards";
    await send([said(run, "WORKFLOW_STARTED", 1), ...many(run, 0, 300)]);
    await send(many(run, 300, 600));
    await send([said(run, "APPROVAL_DECISION", 800, { approval_id: "a3", decision: "denied", comment: "too much" })]);
    const all = await requestsOf(run);
    expect(countsOf(all)).toEqual({ pending: 599, denied: 1 });
    expect(all.find(({ key }) => key === "a3")).toMatchObject({
      status: "denied",
      decision: { decision: "deny", through: "source", comment: "too much" },
    });
  });

  it("ends with all of them: nobody decides what nobody waits for", async () => {
    const run = "over";
    await send([said(run, "WORKFLOW_STARTED", 1), ...many(run, 0, 300)]);
    await send(many(run, 300, 600));
    await send([said(run, "WORKFLOW_COMPLETED", 900)]);
    const all = await requestsOf(run);
    expect(countsOf(all)).toEqual({ cancelled: 600 });
    const first = all.find(({ key }) => key === "a0") as Approval;
    const late = await server.send(`/api/approvals/${first.id}/decision`, { decision: "approve", actionHash: first.actionHash });
    expect([late.status, await late.json()]).toEqual([
      409,
      expect.objectContaining({ error: expect.objectContaining({ code: "run_ended" }) }),
    ]);
  });
});
