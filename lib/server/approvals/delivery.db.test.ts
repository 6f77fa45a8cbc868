import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defaultProjectId } from "@/db/migrate";
import { approvals } from "@/db/schema";
import type { Approval } from "@/lib/core/api/approval";
import type { EventPage } from "@/lib/core/api/event";
import { readStream } from "@/test/read-stream";
import { startTestServer, type TestServer } from "@/test/server";
import { installServices } from "../services";
import { expireApprovals, finishDecisions } from "./expire-approvals";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const startRun = (run: string) =>
  server.send("/api/ingest/shannon", { workflow_id: run, type: "WORKFLOW_STARTED", payload: { query: "Clean up" }, seq: 1 });
const ask = async (run: string, more: object = {}) =>
  (await (
    await server.send("/api/approvals", { run, kind: "tool", tool: "delete_file", arguments: { path: "/tmp/a" }, ...more })
  ).json()) as Approval;
const decide = (approval: Approval, body: object) =>
  server.send(`/api/approvals/${approval.id}/decision`, { actionHash: approval.actionHash, ...body });
const read = async (id: string, query = "") => (await (await server.fetch(`/api/approvals/${id}${query}`)).json()) as Approval;
const decisionsIn = async (run: string) =>
  ((await (await server.fetch(`/api/runs/${run}/events?types=approval.decided&raw=1&limit=1000`)).json()) as EventPage).events;
/** Reads again until it holds; the test's own time limit ends it. */
const until = async (id: string, holds: (approval: Approval) => boolean) => {
  for (;;) {
    const approval = await read(id);
    if (holds(approval)) return approval;
  }
};

describe("a decision reaches the agent", () => {
  it("by long poll, by the run's stream and by plain poll, each with the same words, and the receipt tells each leg", async () => {
    await startRun("legs");
    const approval = await ask("legs");
    const stream = await readStream(server.fetch, "/api/runs/legs/stream?types=approval.decided");
    const shannon = await readStream(server.fetch, "/api/v1/stream/sse?workflow_id=legs");
    const polled = read(approval.id, "?wait=30");
    await shannon.until("APPROVAL_REQUESTED");
    expect((await decide(approval, { decision: "edit", editedArguments: { path: "/tmp/b" }, comment: "not a" })).status).toBe(200);
    expect(await polled).toMatchObject({ status: "approved", decision: { decision: "edit", editedArguments: { path: "/tmp/b" } } });
    expect(await stream.until('"editedArguments":{"path":"/tmp/b"}')).toContain("event: approval.decided");
    const frames = await shannon.until("APPROVAL_DECISION");
    expect(frames).toContain(`"approval_id":"${approval.id}"`);
    expect(frames).toContain(`(id=${approval.id})`);
    expect((await read(approval.id)).decision?.comment).toBe("not a");
    stream.close();
    shannon.close();
    const delivered = await until(approval.id, ({ receipt }) => receipt?.deliveredAt != null && receipt.sentAt !== null);
    expect(delivered.receipt).toMatchObject({ deliveredVia: "long-poll", acknowledgedAt: null, resumedAt: null });
    expect((await server.send(`/api/approvals/${approval.id}/acknowledgement`, {})).status).toBe(200);
    await server.send("/api/ingest/shannon", { workflow_id: "legs", type: "TOOL_INVOKED", seq: 9, payload: { tool: "delete_file" } });
    const { receipt } = await read(approval.id);
    expect(receipt?.acknowledgedAt).not.toBeNull();
    expect(receipt?.resumedAt).not.toBeNull();
  });

  it("at once to everybody who polls, and a poll that nobody answers comes back with the request as it is", async () => {
    await startRun("polls");
    const [approval, other] = await Promise.all([ask("polls"), ask("polls", { arguments: { path: "/tmp/other" } })]);
    const polls = Promise.all(Array.from({ length: 20 }, () => read(approval.id, "?wait=55")));
    expect((await read(other.id, "?wait=1")).status).toBe("pending");
    await decide(approval, { decision: "approve" });
    expect(new Set((await polls).map(({ status }) => status))).toEqual(new Set(["approved"]));
    for (const wait of ["x", "-1", "1.5"]) expect((await server.fetch(`/api/approvals/${approval.id}?wait=${wait}`)).status).toBe(400);
  });

  it("by reading the run's history, as an agent does that only polls", async () => {
    await startRun("history");
    const approval = await ask("history");
    await decide(approval, { decision: "approve" });
    // The list, unlike the request itself, is not what an agent asks for its answer.
    const receiptNow = async () =>
      ((await (await server.fetch("/api/approvals?run=history&status=approved")).json()) as { approvals: Approval[] }).approvals[0]
        ?.receipt;
    expect((await receiptNow())?.deliveredAt).toBeNull();
    expect(await decisionsIn("history")).toHaveLength(1);
    for (;;) if ((await receiptNow())?.deliveredVia === "poll") break;
  });

  it("by long poll also when the agent's own system or the end of the run settled it", async () => {
    await startRun("ends");
    const approval = await ask("ends");
    const polled = read(approval.id, "?wait=55");
    await server.send("/api/ingest/shannon", { workflow_id: "ends", type: "WORKFLOW_CANCELLED", seq: 2 });
    expect((await polled).status).toBe("cancelled");
  });

  it("after a crash between the decision and its event: the worker writes the event once, whoever else finds it", async () => {
    await startRun("crash");
    const approval = await ask("crash");
    // What a process leaves behind that was killed right after its conditional update.
    await server.services.db
      .update(approvals)
      .set({
        status: "denied",
        decision: "deny",
        decidedThrough: "watchfloor",
        decidedBy: "local owner",
        decidedAtMs: Date.now(),
        claimedUntilMs: 0,
      })
      .where(and(eq(approvals.projectId, defaultProjectId), eq(approvals.id, approval.id)));
    const stream = await readStream(server.fetch, "/api/runs/crash/stream?types=approval.decided");
    await Promise.all(Array.from({ length: 5 }, () => finishDecisions()));
    expect(await stream.until("approval.decided")).toContain('"decision":"denied"');
    stream.close();
    expect((await read(approval.id)).status).toBe("denied");
    expect(await decisionsIn("crash")).toHaveLength(1);
    expect(await finishDecisions()).toBe(0);
  });
});

describe("a request asked twice under one Idempotency-Key", () => {
  it("is one request, also when both arrive together", async () => {
    await startRun("twice");
    const body = { run: "twice", kind: "confirmation", question: "Go on?" };
    const send = () => server.send("/api/approvals", body, { "idempotency-key": "ask-1" });
    const replies = await Promise.all([send(), send(), send()]);
    const ids = await Promise.all(replies.map(async (reply) => ((await reply.json()) as Approval).id));
    expect(new Set(ids).size).toBe(1);
    const other = await server.send("/api/approvals", { ...body, question: "Stop?" }, { "idempotency-key": "ask-1" });
    expect(other.status).toBe(422);
    const { approvals: listed } = (await (await server.fetch("/api/approvals?run=twice")).json()) as { approvals: Approval[] };
    expect(listed.map(({ id }) => id)).toEqual([...new Set(ids)]);
  });
});

describe("a deadline", () => {
  it("fires once, on the server's clock, as a timeout in the run's own words", async () => {
    await startRun("late");
    const approval = await ask("late", { expiresInSeconds: 60 });
    const { services } = server;
    try {
      installServices({ ...services, now: () => Date.now() + 60_000 });
      await Promise.all(Array.from({ length: 5 }, () => expireApprovals()));
    } finally {
      installServices(services);
    }
    expect(await read(approval.id)).toMatchObject({ status: "expired", decision: { decision: "timeout", by: null } });
    const events = await decisionsIn("late");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ source: { type: "APPROVAL_DECISION" }, raw: { payload: { decision: "timeout" } } });
    const reply = await decide(approval, { decision: "approve" });
    expect([reply.status, ((await reply.json()) as { error: { code: string } }).error.code]).toEqual([409, "expired"]);
  });

  it("and a decision never both happen: 500 races around the deadline end with one terminal event each", async () => {
    await startRun("race");
    const { services } = server;
    const clock = { ms: 0 };
    const requests: Approval[] = [];
    for (let at = 0; at < 500; at += 50)
      requests.push(
        ...(await Promise.all(Array.from({ length: 50 }, (_, n) => ask("race", { arguments: { n: at + n }, expiresInSeconds: 3_600 })))),
      );
    const outcomes: string[] = [];
    try {
      installServices({ ...services, now: () => clock.ms });
      for (let at = 0; at < 500; at += 20) {
        const group = requests.slice(at, at + 20);
        await Promise.all(
          group.map(async (approval, n) => {
            // From 50 ms before the deadline to 50 ms after it, the deadline's worker running beside every decision.
            clock.ms = Date.parse(approval.expiresAt ?? "") - 50 + ((at + n) % 101);
            const [reply] = await Promise.all([decide(approval, { decision: "approve" }), expireApprovals()]);
            outcomes.push(reply.status === 200 ? "approved" : ((await reply.json()) as { error: { code: string } }).error.code);
          }),
        );
      }
      clock.ms += 3_600_000;
      await expireApprovals();
    } finally {
      installServices(services);
    }
    expect(outcomes).toHaveLength(500);
    expect(new Set(outcomes)).toEqual(new Set(["approved", "expired"]));
    const events = await decisionsIn("race");
    expect(events).toHaveLength(500);
    expect(new Set(events.map((event) => (event.approval as { requestSeq: number }).requestSeq)).size).toBe(500);
    const approved = events.filter((event) => (event.approval as { decision: string }).decision === "approved");
    expect(approved).toHaveLength(outcomes.filter((word) => word === "approved").length);
  });
});

describe("the systems' own clients", () => {
  it("decide through Shannon's endpoint by our id, the sender's, or the request's place in the log", async () => {
    await startRun("sdk");
    await server.send("/api/ingest/shannon", [
      { workflow_id: "sdk", type: "APPROVAL_REQUESTED", message: "Needs approval: rm", seq: 2 },
      { workflow_id: "sdk", type: "APPROVAL_REQUESTED", seq: 3, payload: { approval_id: "appr-9", tool_name: "rm" } },
      { workflow_id: "sdk", type: "APPROVAL_REQUESTED", message: "Needs approval: mv", seq: 4 },
    ]);
    const { events } = (await (await server.fetch("/api/v1/tasks/sdk/events?limit=100")).json()) as {
      events: { type: string; message: string; payload: { approval_id: string } }[];
    };
    // The pattern by which the stock client finds the id.
    const ours = /id=([0-9a-f-]{36})/.exec(events[1]?.message ?? "")?.[1];
    expect(ours).toBe(events[1]?.payload.approval_id);
    const send = (body: object) => server.send("/api/v1/approvals/decision", { workflow_id: "sdk", ...body });
    for (const both of [
      { approved: true, decision: "denied" },
      { approved: false, decision: "approved" },
    ]) {
      const unclear = await send({ approval_id: ours, ...both });
      expect([unclear.status, await unclear.json()]).toMatchObject([400, { error: { code: "invalid_request", path: "decision" } }]);
    }
    for (const body of [
      { approval_id: ours, approved: true, decision: "approved" },
      { approval_id: "appr-9", approved: false, feedback: "no" },
      { approval_id: "seq:4", decision: "approved" },
    ]) {
      const reply = await send(body);
      expect(await reply.json()).toMatchObject({ status: "sent", success: true, workflow_id: "sdk", approval_id: body.approval_id });
      expect((await send(body)).status).toBe(409);
    }
    for (const [body, path] of [
      [{ approval_id: "seq:77", approved: true }, "approval_id"],
      [{ workflow_id: "nobody", approval_id: "seq:4", approved: true }, "workflow_id"],
    ] as const) {
      const unknown = await send(body);
      expect([unknown.status, await unknown.json()]).toMatchObject([404, { error: { code: "not_found", path } }]);
    }
    expect((await send({ approval_id: "seq:4" })).status).toBe(400);
    const { approvals: decided } = (await (await server.fetch("/api/approvals?run=sdk&status=approved,denied")).json()) as {
      approvals: Approval[];
    };
    expect(decided.map(({ status, requestedSeq }) => [requestedSeq, status]).sort()).toEqual([
      [2, "approved"],
      [3, "denied"],
      [4, "approved"],
    ]);
  });

  it("decide through Powabase's endpoint by the run", async () => {
    await server.send("/api/ingest/powabase", [
      { event: "start", run_id: "pb" },
      { event: "approval_requested", run_id: "pb", tool_name: "send_mail", tool_input: { to: "a@example.com" }, message: "Send it?" },
    ]);
    const send = (body: unknown, run = "pb") => server.send(`/api/agents/runs/${run}/approve`, body);
    expect((await send({})).status).toBe(400);
    expect((await send({ approved: "yes" })).status).toBe(400);
    const twice = await server.send("/api/agents/runs/pb/approve", '{"approved": false, "approved": true}');
    expect([twice.status, await twice.json()]).toMatchObject([400, { error: { code: "invalid_request", path: "approved" } }]);
    const reply = await send({ approved: false, reason: "not today" });
    expect([reply.status, await reply.json()]).toEqual([200, { status: "resumed" }]);
    const stream = await readStream(server.fetch, "/api/agents/runs/pb/stream");
    expect(await stream.until("hook_result")).toContain('"message":"Denied by user: not today"');
    stream.close();
    for (const run of ["pb", "nobody"]) {
      const late = await send({ approved: true }, run);
      expect([late.status, ((await late.json()) as { error: { message: string } }).error.message]).toEqual([
        404,
        "Run not found or not waiting for approval",
      ]);
    }
  });
});
