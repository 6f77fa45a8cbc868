import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Approval, ApprovalList } from "@/lib/core/api/approval";
import { startTestServer, type TestServer } from "@/test/server";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const textOf = async (path: string) => (await server.fetch(path)).text();
const read = async <T>(path: string) => JSON.parse(await textOf(path)) as T;
const hashOf = (run: string, given: string) =>
  createHash("sha256").update(`{"arguments":${given},"run":"${run}","tool":"write"}`).digest("hex");
const start = (run: string) => server.send("/events", { workflow_id: run, type: "WORKFLOW_STARTED", seq: 1 });

/** G11 and G15: what is long is shown whole, and nothing else carries it. */
describe("requests with long arguments", () => {
  const long = (index: number) => `{"index":${index}.0,"text":"${"x".repeat(1_000_000)}"}`;

  it("are listed, hashed and decided whole, page by page, while the state of their run stays small", async () => {
    await start("long");
    for (let index = 0; index < 6; index++) {
      const reply = await server.send(
        "/api/approvals",
        `{"run":"long","id":"l${index}","kind":"tool","tool":"write","arguments":${long(index)}}`,
      );
      expect(reply.status).toBe(201);
    }
    expect((await textOf("/api/runs/long/state")).length).toBeLessThan(100_000);
    const first = await read<ApprovalList>("/api/approvals?limit=500");
    const second = await read<ApprovalList>(`/api/approvals?limit=500&cursor=${first.nextCursor}`);
    expect([first.approvals.length, second.approvals.length, second.nextCursor, first.pending]).toEqual([5, 1, null, 6]);
    const [approval] = second.approvals as [Approval];
    const shown = await textOf(`/api/approvals/${approval.id}`);
    expect(shown).toContain(`"arguments":${long(5)}`);
    expect(approval.actionHash).toBe(hashOf(approval.run.id, long(5)));
    const { actionHash } = approval;
    expect((await server.send(`/api/approvals/${approval.id}/decision`, { decision: "approve", actionHash })).status).toBe(200);
    await server.send("/events", { workflow_id: "long", type: "LLM_OUTPUT", seq: 9 });
    const after = await textOf(`/api/approvals/${approval.id}`);
    expect(after).toContain(`"arguments":${long(5)}`);
    expect(JSON.parse(after)).toMatchObject({ status: "approved", receipt: { resumedAt: expect.any(String) } });
  });

  it("of an agent's own system are superseded by others under the same id, and both keep what they said", async () => {
    await start("long-own");
    const asks = (mark: number, seq: number) =>
      server.send(
        "/events",
        `{"workflow_id":"long-own","type":"APPROVAL_REQUESTED","seq":${seq},"payload":{"approval_id":"one","tool_name":"write","details":${long(mark)}}}`,
      );
    await asks(1, 2);
    await asks(2, 3);
    await asks(2, 4);
    const { approvals } = await read<ApprovalList>("/api/approvals?run=long-own&status=pending,superseded");
    const [before, now] = [...approvals].sort((a, b) => (a.requestedSeq ?? 0) - (b.requestedSeq ?? 0)) as [Approval, Approval];
    expect(approvals.map(({ status }) => status).sort()).toEqual(["pending", "superseded"]);
    expect(before.supersededBy).toBe(now.id);
    for (const [approval, mark] of [
      [before, 1],
      [now, 2],
    ] as const) {
      expect(approval.actionHash).toBe(hashOf(approval.run.id, long(mark)));
      expect(await textOf(`/api/approvals/${approval.id}`)).toContain(`"arguments":${long(mark)}`);
    }
  });

  it("reach the agent with the whole edit that was decided here, and the card keeps it", async () => {
    await start("long-edit");
    const body = `{"run":"long-edit","id":"e","kind":"tool","tool":"write","arguments":${long(1)}}`;
    const approval = (await (await server.send("/api/approvals", body)).json()) as Approval;
    const edit = `{"decision":"edit","actionHash":"${approval.actionHash}","editedArguments":${long(2)}}`;
    expect((await server.send(`/api/approvals/${approval.id}/decision`, edit)).status).toBe(200);
    await server.send("/events", { workflow_id: "long-edit", type: "LLM_OUTPUT", seq: 9 });
    expect(await textOf(`/api/approvals/${approval.id}`)).toContain(`"editedArguments":${long(2)}`);
    expect(await textOf("/api/runs/long-edit/events?types=approval.decided")).toContain(`"editedArguments":${long(2)}`);
    expect((await textOf("/api/runs/long-edit/state")).length).toBeLessThan(100_000);
  });

  it("end at their deadline without being read: a hundred of them may be as long as a hundred events", async () => {
    await start("ending");
    const asked = (await (
      await server.send("/api/approvals", `{"run":"ending","kind":"tool","tool":"write","arguments":{"a":1},"expiresInSeconds":600}`)
    ).json()) as Approval;
    // A text that nobody can read.
    const { pool } = server.services;
    await pool`update approvals set arguments = '{', expires_at_ms = 1 where id = ${asked.id}`;
    const told = () => pool`select e.type from events e join runs r on r.id = e.run_id where r.external_id = 'ending' order by e.seq`;
    await expect.poll(async () => (await told()).map(({ type }) => type)).toContain("approval.decided");
    expect(await pool`select status from approvals where id = ${asked.id}`).toMatchObject([{ status: "expired" }]);
  });
});
